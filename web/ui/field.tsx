import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

interface FieldOptions {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with the value, if anything. */
  readonly error?: string | undefined;
}

/** A label, what it labels, and what is wrong with it. `children` gets the ids that tie them together. */
export function Field({
  label,
  hint,
  error,
  children,
}: FieldOptions & {
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean;
  }) => ReactNode;
}) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
        'aria-invalid': error !== undefined,
      })}
      {note !== undefined && (
        <span id={`${id}-note`} className={error === undefined ? styles.hint : styles.error}>
          {note}
        </span>
      )}
    </div>
  );
}

/** One line of text with its label. */
export function TextField({ label, hint, error, ...input }: FieldOptions & ComponentProps<'input'>) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })} error={error}>
      {(ids) => <input {...input} {...ids} className={classNames(styles.input, input.className)} />}
    </Field>
  );
}

/** Lines of text with their label. */
export function TextAreaField({ label, hint, error, ...input }: FieldOptions & ComponentProps<'textarea'>) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })} error={error}>
      {(ids) => <textarea {...input} {...ids} className={classNames(styles.input, input.className)} />}
    </Field>
  );
}

/** One of a few, as the platform shows it. */
export function SelectField({
  label,
  hint,
  error,
  options,
  ...select
}: FieldOptions &
  ComponentProps<'select'> & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
  }) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })} error={error}>
      {(ids) => (
        <select {...select} {...ids} className={classNames(styles.input, select.className)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function CheckField({
  label,
  ...input
}: { readonly label: string } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className={styles.check}>
      <input {...input} type="checkbox" />
      {label}
    </label>
  );
}

export const inputClass = styles.input;
export const rangeClass = styles.range;
