import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { checkDebugAccess, isLoopback } from '../../http/debug-access.ts';
import { Problem } from '../../protocol/problem.ts';

const from = (remoteAddress: string, headers: IncomingHttpHeaders = {}): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { host: 'localhost:8000', ...headers } }) as IncomingMessage;

/** The code of the refusal; `undefined`: let in. */
function refusal(request: IncomingMessage, token?: string, given?: string): string | undefined {
  try {
    checkDebugAccess(request, token, given);
    return undefined;
  } catch (error) {
    return error instanceof Problem ? error.code : 'no problem';
  }
}

describe('access to the inside of the process', () => {
  it('knows its own machine by the address of the socket', () => {
    for (const address of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']) {
      expect(isLoopback(address), address).to.equal(true);
    }
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '0.0.0.0', '', 'localhost', undefined]) {
      expect(isLoopback(address), address).to.equal(false);
    }
  });

  it('is open to this machine and to nobody else where there is no token', () => {
    expect(refusal(from('127.0.0.1'))).to.equal(undefined);
    expect(refusal(from('::1', { host: '[::1]:8000' }))).to.equal(undefined);
    expect(refusal(from('192.168.1.5'))).to.equal('forbidden');
  });

  it('does not believe what headers say about the address', () => {
    expect(refusal(from('192.168.1.5', { 'x-forwarded-for': '127.0.0.1' }))).to.equal('forbidden');
  });

  it('is closed to a proxy on this machine and to a foreign name for it', () => {
    expect(refusal(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }))).to.equal('forbidden');
    expect(refusal(from('127.0.0.1', { forwarded: 'for=203.0.113.9' }))).to.equal('forbidden');
    expect(refusal(from('127.0.0.1', { host: 'evil.example' }))).to.equal('forbidden');
  });

  it('is open to whoever has the token, as a bearer or in the query', () => {
    expect(refusal(from('192.168.1.5', { authorization: 'Bearer s3cret' }), 's3cret')).to.equal(undefined);
    expect(refusal(from('192.168.1.5'), 's3cret', 's3cret')).to.equal(undefined);
  });

  it('asks this machine too for the token, where there is one', () => {
    expect(refusal(from('127.0.0.1'), 's3cret')).to.equal('unauthorized');
    expect(refusal(from('127.0.0.1'), 's3cret', 'S3cret')).to.equal('unauthorized');
    expect(refusal(from('127.0.0.1', { authorization: 'Basic s3cret' }), 's3cret')).to.equal('unauthorized');
  });
});
