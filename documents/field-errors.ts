import { type FieldError, Problem } from '../protocol/problem.ts';

/** A caller can mend only so many at once; bounds the answer to hostile input. */
const MAX_ERRORS = 20;

/** JSON-pointer step for a name that a caller chose: escaped, and cut so that an answer cannot be blown up. */
export const pointerStep = (name: string): string =>
  name.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1');

/** Gathers what is wrong with an input, so that the caller is told all of it at once. */
export class FieldErrors {
  readonly #errors: FieldError[] = [];

  add(path: string, message: string): void {
    if (this.#errors.length < MAX_ERRORS) this.#errors.push({ path, message });
  }

  get count(): number {
    return this.#errors.length;
  }

  get first(): FieldError | undefined {
    return this.#errors[0];
  }

  /** @throws Problem `invalid` where something was added. */
  throwIfAny(): void {
    const [first] = this.#errors;
    if (first === undefined) return;
    throw new Problem('invalid', `${first.path} ${first.message}`, { errors: this.#errors });
  }
}
