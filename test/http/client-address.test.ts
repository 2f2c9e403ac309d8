import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { addressGroup, clientAddress } from '../../http/client-address.ts';

const PROXY = '10.0.0.1';

const request = (forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress: PROXY },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe("a client's address", () => {
  it('[CANVAS-8] is that of the peer where no proxy is trusted, whatever a header says', () => {
    expect(clientAddress(request('192.0.2.1'), 0)).to.equal(PROXY);
    expect(clientAddress(request(undefined), 3)).to.equal(PROXY);
    const gone = { socket: {}, headers: {} } as unknown as IncomingMessage;
    expect(clientAddress(gone, 0)).to.equal('unknown');
  });

  it('[CANVAS-8] is what the last trusted proxy saw; what a caller put before it is not believed', () => {
    expect(clientAddress(request('192.0.2.1'), 1)).to.equal('192.0.2.1');
    expect(clientAddress(request('203.0.113.9, 192.0.2.1'), 1)).to.equal('192.0.2.1');
    expect(clientAddress(request('203.0.113.9, 192.0.2.1, 10.0.0.2'), 2)).to.equal('192.0.2.1');
    expect(clientAddress(request('192.0.2.1, 10.0.0.2'), 5)).to.equal('192.0.2.1');
  });

  it('[CANVAS-8] is the last hop that makes sense', () => {
    expect(clientAddress(request('unknown'), 1)).to.equal(PROXY);
    expect(clientAddress(request('192.0.2.1, <script>, 10.0.0.2'), 3)).to.equal('10.0.0.2');
    expect(clientAddress(request(''), 1)).to.equal(PROXY);
  });

  it('is written in one way', () => {
    for (const text of ['192.0.2.1', '192.0.2.1:4711', '::ffff:192.0.2.1', ' 192.0.2.1 ']) {
      expect(clientAddress(request(text), 1), text).to.equal('192.0.2.1');
    }
    for (const text of ['2001:db8:0:0::1', '[2001:db8::1]', '[2001:DB8::1]:4711', '2001:db8::1%eth0']) {
      expect(clientAddress(request(text), 1), text).to.equal('2001:db8::1');
    }
  });

  it('[CANVAS-8] counts an IPv6 network of 64 bits as one caller', () => {
    expect(addressGroup('192.0.2.1')).to.equal('192.0.2.1');
    expect(addressGroup('2001:db8::1')).to.equal(addressGroup('2001:db8::ffff:1'));
    expect(addressGroup('2001:db8::1')).not.to.equal(addressGroup('2001:db8:0:1::1'));
    expect(addressGroup('unknown')).to.equal('unknown');
  });
});
