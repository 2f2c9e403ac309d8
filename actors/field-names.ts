import { Problem } from '../protocol/problem.ts';

/**
 * Settles as the promise does; a problem names its fields in the words of the door that was used.
 *
 * @param names JSON Pointers, as the document calls the fields: as the door calls them
 */
export async function renamingFields<T>(
  names: Readonly<Record<string, string>>,
  promise: Promise<T>,
): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw error instanceof Problem && error.errors !== undefined ? renamed(error, names) : error;
  }
}

function renamed(problem: Problem, names: Readonly<Record<string, string>>): Problem {
  const rename = (text: string): string => {
    const known = Object.keys(names).find((name) => text.startsWith(name));
    return known === undefined ? text : `${names[known]}${text.slice(known.length)}`;
  };
  const { code, message, errors = [], extra, headers, cause } = problem;
  return new Problem(code, rename(message), {
    errors: errors.map(({ path, message }) => ({ path: rename(path), message })),
    ...(extra === undefined ? {} : { extra }),
    ...(headers === undefined ? {} : { headers }),
    ...(cause === undefined ? {} : { cause }),
  });
}
