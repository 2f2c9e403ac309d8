import { expect } from 'chai';
import { isAllowedOrigin } from '../../http/sockets/origin.ts';

describe('the origin of a page that opens a socket', () => {
  it('is allowed where it is the host that serves the socket', () => {
    expect(isAllowedOrigin('http://localhost:8000', 'localhost:8000', [])).to.equal(true);
    expect(isAllowedOrigin('https://Troupe.example', 'troupe.example', [])).to.equal(true);
    expect(isAllowedOrigin('https://troupe.example', 'troupe.example:443', [])).to.equal(true);
  });

  it('is refused where it is another host, another port, or none at all', () => {
    for (const origin of [
      'http://evil.example',
      'http://localhost:8001',
      'null',
      '',
      'file://',
      'chrome://x',
    ]) {
      expect(isAllowedOrigin(origin, 'localhost:8000', []), origin).to.equal(false);
    }
    expect(isAllowedOrigin('http://localhost', undefined, [])).to.equal(false);
    expect(isAllowedOrigin('http://a', 'b@a', [])).to.equal(true);
  });

  it('is allowed where it is listed, by scheme, host and port', () => {
    const allowed = ['https://app.example.com/', 'http://localhost:5173'];
    expect(isAllowedOrigin('https://app.example.com', 'api.example.com', allowed)).to.equal(true);
    expect(isAllowedOrigin('http://localhost:5173', 'api.example.com', allowed)).to.equal(true);
    expect(isAllowedOrigin('http://app.example.com', 'api.example.com', allowed)).to.equal(false);
    expect(isAllowedOrigin('https://app.example.com.evil.example', 'api.example.com', allowed)).to.equal(
      false,
    );
  });

  it('does not matter where all are allowed, or where no browser asks', () => {
    expect(isAllowedOrigin('http://evil.example', 'localhost', ['*'])).to.equal(true);
    expect(isAllowedOrigin(undefined, 'localhost', [])).to.equal(true);
  });
});
