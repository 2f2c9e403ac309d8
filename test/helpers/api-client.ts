import { expect } from 'chai';
import { type Contract, loadContract, type OperationName } from '../../http/contract.ts';
import type { components, operations } from '../../protocol/generated/openapi.ts';

export type Problem = components['schemas']['Problem'];

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Responses<Name extends OperationName> = operations[Name]['responses'];
/** Body of an operation's success. */
export type Success<Name extends OperationName> = Json<
  Responses<Name>[keyof Responses<Name> & (200 | 201 | 202)]
>;
type Body<Name extends OperationName> = operations[Name] extends {
  requestBody?: { content: { 'application/json': infer Given } };
}
  ? Given
  : never;

export interface Input<Name extends OperationName> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body<Name>;
  /** A body that is not JSON; `headers` say what it is. */
  readonly bytes?: Uint8Array;
}

let contract: Contract | undefined;
/** openapi.yaml, read once for all suites. */
export const theContract = (): Contract => {
  contract ??= loadContract();
  return contract;
};

/** The REST door, by the operations of openapi.yaml. */
export class ApiClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Any answer. A status that the contract does not list for the operation fails the test. */
  async send<Name extends OperationName>(name: Name, input: Input<Name> = {}): Promise<Response> {
    const operation = theContract().operations.find((known) => known.name === name);
    if (operation === undefined) throw new Error(`openapi.yaml has no operation ${name}`);
    const path = operation.template.replace(/\{(\w+)\}/g, (_, key: string) => input.path?.[key] ?? '');
    const query = new URLSearchParams(
      Object.entries(input.query ?? {}).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const response = await fetch(`${this.url}${path}${query.size === 0 ? '' : `?${query}`}`, {
      method: operation.method.toUpperCase(),
      headers: {
        ...(input.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...input.headers,
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(input.bytes === undefined ? {} : { body: new Uint8Array(input.bytes) }),
    });
    expect([...operation.statuses], `${name} answered ${response.status}`).to.include(response.status);
    return response;
  }

  /** The body of a success; anything else fails the test. */
  async ok<Name extends OperationName>(name: Name, input: Input<Name> = {}): Promise<Success<Name>> {
    const response = await this.send(name, input);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${name} was refused: ${JSON.stringify(body)}`);
    return body as Success<Name>;
  }

  /** The problem of a refusal; a success fails the test. */
  async refused<Name extends OperationName>(name: Name, input: Input<Name> = {}): Promise<Problem> {
    const response = await this.send(name, input);
    expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
    const problem = (await response.json()) as Problem;
    expect(problem.status).to.equal(response.status);
    return problem;
  }

  /** The bytes of a file. */
  async bytes<Name extends OperationName>(name: Name, input: Input<Name> = {}): Promise<Buffer> {
    const response = await this.send(name, input);
    if (!response.ok) throw new Error(`${name} answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }
}
