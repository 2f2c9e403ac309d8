import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { Pool } from 'undici';
import {
  dereference,
  isObject,
  type Json,
  type JsonObject,
  loadContract,
  type Operation,
} from '../../http/contract.ts';
import type { RunningServer } from '../../server.ts';
import { MODERATOR_KEY, realServer } from './real-server.ts';
import { exampleOf, incomplete, RUBBISH_HEADERS, RUBBISH_QUERY, RUBBISH_VALUES, spoilt } from './rubbish.ts';
import { UNKNOWN_ID } from './test-app.ts';

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const contract = loadContract();
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const isProblem = ajv.compile({
  $ref: '#/components/schemas/Problem',
  components: contract.document['components'],
});

const JSON_BODY = { 'content-type': 'application/json' };

describe('rubbish', function () {
  // Thousands of requests for some operations.
  this.timeout(120_000);
  let server: RunningServer;
  let pool: Pool;
  /** Ids of things that are there, by the name of what asks for them: a folder of the path, or a parameter in it. */
  const ids: Record<string, string> = { x: '0', y: '0' };
  /** Without it a moderator's operations would look at nothing else. */
  let token: string;

  before(async () => {
    server = await realServer();
    pool = new Pool(server.url, { connections: 8 });
    const session = await pool.request({
      method: 'POST',
      path: '/v1/sessions',
      headers: JSON_BODY,
      body: JSON.stringify({ moderatorKey: MODERATOR_KEY }),
    });
    token = ((await session.body.json()) as { token: string }).token;
  });
  after(async () => {
    await pool.close();
    await server.stop();
  });

  /** Things to be asked for, fresh: rubbish among the requests may well delete them. */
  async function makeThings(): Promise<void> {
    const make = async (path: string, body: object): Promise<string> => {
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: { ...JSON_BODY, authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      return ((await answer.body.json()) as { id: string }).id;
    };
    const document_id = await make('/v1/documents', { name: 'Plan' });
    ids['documents'] = document_id;
    ids['rooms'] = document_id;
    ids['annotations'] = await make('/v1/annotations', {
      document_id,
      type: 'text',
      geometry: { x: 0, y: 0 },
    });
    ids['versions'] = await make('/v1/versions', { document_id });
    ids['exports'] = await make('/v1/exports', { document_id, format: 'png' });
    const comment = { anchor: { x: 0, y: 0 }, body: 'Why?' };
    ids['commentId'] = await make(`/v1/rooms/${document_id}/comments`, comment);
    const canvas = await make('/v1/canvases', { name: 'Wall', width: 4, height: 4 });
    ids['canvases'] = canvas;
    ids['lockId'] = await make(`/v1/canvases/${canvas}/locks`, { x: 0, y: 0, width: 1, height: 1 });
    ids['tag'] = 'v1';
    await make(`/v1/rooms/${document_id}/versions`, { tag: ids['tag'] });
  }

  /** @param strange what stands in the place of one of the parameters, by their order */
  const pathOf = (
    { template }: Operation,
    strange?: { readonly at: number; readonly id: string },
  ): string => {
    let parameter = 0;
    return template.replace('{file}', `${UNKNOWN_ID}.png`).replace(/\{([^}]+)\}/g, (_, name: string) => {
      const at = parameter++;
      if (at === strange?.at) return strange.id;
      return (at === 0 ? ids[template.split('/')[2] ?? ''] : ids[name]) ?? UNKNOWN_ID;
    });
  };

  const HINTS: Readonly<Record<string, () => Json>> = {
    document_id: () => ids['documents'] ?? null,
    version: () => 1,
    palette: () => ['#000000', '#ffffff'],
    at: () => new Date().toISOString(),
  };
  const hint = (name: string): Json | undefined => HINTS[name]?.();

  function bodySchema(operation: Operation): Json | undefined {
    const item = dereference(contract.document, contract.document['paths'])[operation.template];
    const node = dereference(contract.document, item)[operation.method];
    const body = dereference(contract.document, dereference(contract.document, node)['requestBody']);
    const content = dereference(contract.document, body['content'])['application/json'];
    return dereference(contract.document, content)['schema'];
  }

  /** Sends it and looks at nothing but what every answer must be. Gives the status. */
  async function expectDocumented(
    operation: Operation,
    sent: Sent,
    also: readonly number[] = [],
  ): Promise<number> {
    const { statusCode, headers, body } = await pool.request({
      method: (sent.method ?? operation.method.toUpperCase()) as 'GET',
      path: sent.path ?? pathOf(operation),
      headers: { ...(operation.tag === 'canvases' && { authorization: `Bearer ${token}` }), ...sent.headers },
      body: sent.body ?? null,
    });
    const text = await body.text();
    const what = `${operation.name} ${JSON.stringify(sent).slice(0, 300)} → ${statusCode} ${text.slice(0, 300)}`;
    expect([...operation.statuses, ...also], what).to.include(statusCode);
    expect(statusCode, what).to.be.lessThan(500);
    if (statusCode >= 400 && sent.method !== 'HEAD') {
      expect(headers['content-type'], what).to.equal('application/problem+json');
      const problem: unknown = JSON.parse(text);
      expect(isProblem(problem), `${what}: ${ajv.errorsText(isProblem.errors)}`).to.equal(true);
      expect(isObject(problem) && problem['status'], what).to.equal(statusCode);
    }
    return statusCode;
  }

  async function all(
    operation: Operation,
    requests: Iterable<Sent>,
    also?: readonly number[],
  ): Promise<void> {
    for (const sent of requests) await expectDocumented(operation, sent, also);
  }

  for (const operation of contract.operations) {
    describe(`at ${operation.name}`, () => {
      beforeEach(makeThings);

      const schema = bodySchema(operation);
      const query = operation.parameters.filter((parameter) => parameter.in === 'query');
      const header = operation.parameters.filter((parameter) => parameter.in === 'header');
      /** One body for each branch that the schema has; what all branches share is in the first only. */
      const examples = (): [Json, ...Json[]] => {
        const branches = dereference(contract.document, schema)['oneOf'];
        const others = Array.isArray(branches) ? branches.length - 1 : 0;
        const lean = Array.from({ length: others }, (_, i) => {
          const { document_id, type, geometry } = exampleOf(
            contract.document,
            schema,
            hint,
            i + 1,
          ) as JsonObject;
          return { document_id, type, geometry } as Json;
        });
        return [exampleOf(contract.document, schema, hint), ...lean];
      };
      const withBody = (body: string | Buffer, headers: Record<string, string> = JSON_BODY): Sent => ({
        body,
        headers,
      });

      if (schema !== undefined) {
        it('in a body gets a documented problem, wherever it is', async () => {
          const bodies = examples().flatMap((example) =>
            Object.values(RUBBISH_VALUES).flatMap((rubbish) => [...spoilt(example, rubbish)]),
          );
          await all(
            operation,
            [...new Set(bodies)].map((body) => withBody(body)),
          );
        });

        it('that is missing gets a documented problem', async () => {
          await all(
            operation,
            examples().flatMap((example) =>
              incomplete(example).map((body) => withBody(JSON.stringify(body))),
            ),
          );
          await all(operation, [{}, { headers: JSON_BODY }, withBody(' '), withBody('')]);
        });

        it('as a body gets 400, and another kind of body 415', async () => {
          const [example] = examples();
          const text = JSON.stringify(example);
          for (const body of [
            text.slice(0, -1),
            `${text}x`,
            Buffer.from([0xff, 0xfe]),
            "{'a':1}",
            '\u0000',
          ]) {
            expect(await expectDocumented(operation, withBody(body))).to.equal(400);
          }
          const multipart = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nbroken';
          for (const type of [
            'text/plain',
            'multipart/form-data; boundary=x',
            'multipart/form-data',
            'a',
            ';',
            'image/png',
          ]) {
            expect(await expectDocumented(operation, withBody(multipart, { 'content-type': type }))).to.equal(
              415,
            );
          }
        });
      }

      if (query.length > 0) {
        it('in the query gets a documented problem', async () => {
          const paths = query.flatMap(({ name }) =>
            RUBBISH_QUERY.flatMap((value) => [
              `${name}=${value}`,
              `${name}[]=${value}`,
              `${name}[a]=${value}`,
              `${name}=${value}&${name}=${value}`,
            ]),
          );
          await all(
            operation,
            paths.map((text) => ({ path: `${pathOf(operation)}?${text}` })),
          );
        });
      }

      if (header.length > 0) {
        it('in a header gets a documented problem', async () => {
          const [example] = schema === undefined ? [undefined] : examples();
          await all(
            operation,
            header.flatMap(({ name }) =>
              RUBBISH_HEADERS.map((value) => ({
                headers: { ...(example !== undefined && JSON_BODY), [name]: value },
                ...(example !== undefined && { body: Buffer.from(JSON.stringify(example)) }),
              })),
            ),
          );
        });
      }

      it('around it gets a documented problem: unknown parameters, strange ids, headers of all kinds', async () => {
        const path = pathOf(operation);
        const strange = [
          'x',
          '%00',
          '%ff',
          '%2e%2e',
          '..%2f',
          '%F0%9F%91%A9',
          'x'.repeat(2000),
          '-1',
          'null',
        ];
        const parameters = operation.template.split('{').length - 1;
        const paths = Array.from({ length: parameters }, (_, at) =>
          strange.map((id) => pathOf(operation, { at, id })),
        ).flat();
        const headers = [
          { accept: 'nonsense' },
          { accept: 'text/html' },
          { 'accept-encoding': 'x' },
          { authorization: 'Basic !!!' },
          { cookie: 'a=b; c' },
          { 'x-http-method-override': 'DELETE' },
          { origin: 'null' },
          { range: 'bytes=5-1' },
        ];
        await all(operation, [
          { path: `${path}?rubbish=1` },
          { path: `${path}?__proto__=1` },
          { path: `${path}?%ff` },
          ...paths.map((strangePath) => ({ path: strangePath })),
          ...headers.map((given) => ({ headers: given })),
        ]);
      });

      it('as a method gets 405', async () => {
        const documented = contract.operations.filter(({ template }) => template === operation.template);
        for (const method of ['PUT', 'POST', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'GET']) {
          if (documented.some((other) => other.method.toUpperCase() === method)) continue;
          expect(await expectDocumented(operation, { method }, [405])).to.equal(405);
        }
      });
    });
  }
});
