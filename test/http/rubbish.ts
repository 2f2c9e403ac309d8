import { dereference, isObject, type Json, type JsonObject } from '../../http/contract.ts';

/** What nobody means to send, by kind. Each is JSON text, so that it can hold what JSON.stringify would not write. */
export const RUBBISH_VALUES: Readonly<Record<string, string>> = {
  null: 'null',
  'a boolean': 'true',
  'a number': '5',
  zero: '0',
  'a negative number': '-1',
  'a fraction': '0.1',
  'a huge number': '1e308',
  'an infinite number': '1e999',
  'a huge integer': '123456789012345678901234567890',
  'an empty text': '""',
  'a text': '"rubbish"',
  'a long text': `"${'x'.repeat(20_000)}"`,
  'a control character': '"a\\u0000b\\u007f"',
  'a lone surrogate': '"a\\ud800b"',
  'odd Unicode': '"\\u202e👩‍👩‍👧\\ufeff\\ufffe‮"',
  'an HTML text': '"<script>alert(1)</script>"',
  'an SQL text': '"\'; DROP TABLE documents; --"',
  'an empty array': '[]',
  'an array': '[1,"a",null]',
  'an empty object': '{}',
  'an object': '{"x":"y"}',
  'a prototype': '{"__proto__":{"x":1},"constructor":{"prototype":{}}}',
  'a deep array': '['.repeat(200) + ']'.repeat(200),
};

export const RUBBISH_QUERY: readonly string[] = [
  '',
  '0',
  '-1',
  '1.5',
  'Infinity',
  '1e999',
  'rubbish',
  '%00',
  '%ff',
  '%ED%A0%80',
  'null',
  'true',
  '[]',
  '1,2',
  "'%20OR%201=1",
  'x'.repeat(5000),
  '%F0%9F%91%A9',
];

export const RUBBISH_HEADERS: readonly string[] = [
  '',
  ' ',
  'x'.repeat(3000),
  'a\tb',
  '"',
  '"0"',
  '"-1"',
  'W/"',
  '\xff\xfe',
  '"99999999999999999999"',
  '*',
  '{}',
  'é',
  'a, b, c',
];

/** The simplest value that a schema allows, with all properties; `hint` may give one by property name. */
export function exampleOf(
  document: JsonObject,
  node: Json | undefined,
  hint: (name: string) => Json | undefined,
  branch = 0,
): Json {
  const schema = dereference(document, node);
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return (schema['enum'] as Json[])[0] ?? null;
  const choices = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(choices)) return exampleOf(document, (choices as Json[])[branch % choices.length], hint);
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'object': {
      const properties = isObject(schema['properties']) ? schema['properties'] : {};
      const entries = Object.entries(properties).map(([name, property]) => [
        name,
        hint(name) ?? exampleOf(document, property, hint),
      ]);
      return Object.fromEntries(entries);
    }
    case 'array': {
      const count = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
      const items = Array.isArray(schema['prefixItems'])
        ? (schema['prefixItems'] as Json[])[0]
        : schema['items'];
      return Array.from({ length: count }, () => exampleOf(document, items, hint));
    }
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? Math.max(schema['minimum'], 1) : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return schema['format'] === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'a';
  }
}

/** Every way to put `rubbish` (JSON text) into one place of a body, or to leave one out: JSON texts. */
export function* spoilt(body: Json, rubbish: string): Generator<string> {
  yield rubbish;
  if (Array.isArray(body)) {
    for (const [i, item] of (body as readonly Json[]).entries()) {
      for (const inner of spoilt(item, rubbish)) {
        yield `[${(body as readonly Json[]).map((other, j) => (i === j ? inner : JSON.stringify(other))).join(',')}]`;
      }
    }
  } else if (isObject(body)) {
    const entries = Object.entries(body);
    const write = (pairs: readonly (readonly [string, string])[]): string =>
      `{${pairs.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
    const plain = entries.map(([name, value]) => [name, JSON.stringify(value)] as const);
    yield write([...plain, ['rubbish', rubbish]]);
    for (const [name, value] of entries) {
      for (const inner of spoilt(value, rubbish)) {
        yield write(plain.map((pair) => (pair[0] === name ? [name, inner] : pair)));
      }
    }
  }
}

/** A body without one of its properties, for each of them. */
export function incomplete(body: Json): Json[] {
  if (!isObject(body)) return [];
  return Object.keys(body).map((left) =>
    Object.fromEntries(Object.entries(body).filter(([name]) => name !== left)),
  );
}
