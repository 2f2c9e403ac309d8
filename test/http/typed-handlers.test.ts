import { expect } from 'chai';
import { loadContract } from '../../http/contract.ts';
import { dispatch } from '../../http/dispatch.ts';
import type { ImageUpload } from '../../http/image-upload.ts';
import type { CallOf, Handlers, Reply } from '../../http/typed-handlers.ts';
import type { Document } from '../../protocol/entities.ts';

/** Compiles only where the statement is true. */
type Holds<Statement extends true> = Statement;
type Fits<A, B> = [A] extends [B] ? true : false;
type Not<A extends boolean> = A extends true ? false : true;

type Statements = [
  // A documented reply fits, with headers or without.
  Holds<Fits<{ status: 200; body: { status: 'ok' } }, Reply<'getHealth'>>>,
  Holds<Fits<{ status: 201; body: Document; headers: { ETag: string } }, Reply<'createDocument'>>>,
  Holds<Fits<{ status: 304 }, Reply<'getDocument'>>>,
  Holds<Fits<{ status: 200; type: 'image/png'; body: Uint8Array }, Reply<'downloadExport'>>>,
  // An undocumented status, an error, a wrong field, a missing body and a wrong type do not.
  Holds<Not<Fits<{ status: 202; body: { status: 'ok' } }, Reply<'getHealth'>>>>,
  Holds<Not<Fits<{ status: 404; body: Document }, Reply<'getDocument'>>>>,
  Holds<Not<Fits<{ status: 200; body: { status: 'fine' } }, Reply<'getHealth'>>>>,
  Holds<Not<Fits<{ status: 201 }, Reply<'createDocument'>>>>,
  Holds<Not<Fits<{ status: 200; type: 'image/gif'; body: Uint8Array }, Reply<'downloadExport'>>>>,
  // A call has what the contract says, and nothing else.
  Holds<Fits<CallOf<'getDocument'>['path'], { readonly id: string }>>,
  Holds<Fits<CallOf<'listDocuments'>['query']['page'], number | undefined>>,
  Holds<Fits<undefined, CallOf<'revertVersion'>['body']>>,
  Holds<Not<Fits<undefined, CallOf<'createVersion'>['body']>>>,
  Holds<Not<Fits<'nothing', keyof CallOf<'listDocuments'>['query']>>>,
  Holds<Fits<CallOf<'uploadRoomImage'>['body'], ImageUpload>>,
  // A handler that is missing does not compile.
  Holds<Not<Fits<Omit<Handlers, 'getHealth'>, Handlers>>>,
];

describe('the handlers of the contract', () => {
  it('are typed by it', () => {
    // That this compiles is the test.
    const statements: Statements | undefined = undefined;
    expect(statements).to.equal(undefined);
  });

  it('are checked again at start: one missing or one too many stops the server', () => {
    const { operations } = loadContract();
    const names = operations.map(({ name }) => name);
    const handlers = Object.fromEntries(names.map((name) => [name, () => undefined])) as unknown as Handlers;
    expect(() => dispatch({ operations }, handlers, true)).not.to.throw();
    const { getHealth: _, ...fewer } = handlers;
    expect(() => dispatch({ operations }, fewer as Handlers, true)).to.throw('without a handler: getHealth');
    const more = { ...handlers, sing: () => undefined } as Handlers;
    expect(() => dispatch({ operations }, more, true)).to.throw('without an operation in openapi.yaml: sing');
  });
});
