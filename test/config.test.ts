import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { ConfigError, readConfig } from '../config.ts';

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).to.be.instanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  return 'accepted';
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config).to.include({
      port: 8000,
      host: '0.0.0.0',
      logLevel: 'info',
      exportsDir: resolve('exports'),
    });
    expect(config.limits).to.include({ snapshotEvents: 200, snapshotMs: 30_000, snapshotsKept: 5 });
  });

  it('takes every setting from the environment', () => {
    const config = readConfig({
      PORT: '0',
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      IMAGE_FETCH_ALLOW: 'Images.local:9000',
      DEBUG_TOKEN: 'secret',
      SNAPSHOT_SECONDS: '0.5',
      CANVAS_SNAPSHOT_EVENTS: '1000',
      CANVAS_SNAPSHOTS_KEPT: '7',
      CANVAS_SILENT_SECONDS: '90',
      CANVAS_USER_BURST: '50',
      CANVAS_ADDRESS_SOCKETS: '2000',
      VALIDATE_RESPONSES: 'true',
    });
    expect(config.port).to.equal(0);
    expect(config.corsOrigins).to.deep.equal(['https://a.example', 'http://localhost:3000']);
    expect(config.imageFetchAllow).to.deep.equal(['images.local:9000']);
    expect(config.debugToken).to.equal('secret');
    expect(config.limits.snapshotMs).to.equal(500);
    expect(config.canvasCadence).to.deep.equal({ events: 1_000, ms: 60_000 });
    expect(config.limits.snapshotsSpread).to.equal(7);
    expect(config.canvasLimits.silentMs).to.equal(90_000);
    expect(config.canvasRates).to.deep.equal({
      perUser: { pixelsPerSecond: 20, burst: 50 },
      perAddress: { pixelsPerSecond: 100, burst: 1_000 },
      connectionsPerAddress: 2_000,
    });
    expect(config.validateResponses).to.equal(true);
  });

  it('rejects nonsense with a line that names the setting and what is expected', () => {
    expect(refusal({ PORT: '70000' })).to.equal('PORT must be a whole number from 0 to 65535, not "70000"');
    expect(refusal({ PORT: '8e3' })).to.match(/^PORT must be/);
    expect(refusal({ LOG_LEVEL: 'loud' })).to.match(/^LOG_LEVEL must be one of fatal, /);
    expect(refusal({ IDLE_SECONDS: '-1' })).to.match(/^IDLE_SECONDS must be a number of seconds/);
    expect(refusal({ IDLE_SECONDS: '0' })).to.match(/^IDLE_SECONDS/);
    expect(refusal({ CORS_ORIGINS: 'example.com' })).to.match(/^CORS_ORIGINS must list origins/);
    expect(refusal({ DEBUG_TOKEN: '' })).to.equal('DEBUG_TOKEN must not be empty');
    expect(refusal({ MESSAGES_PER_SECOND: '0' })).to.match(/^MESSAGES_PER_SECOND must be/);
    expect(refusal({ SESSION_SECRET: 'hunter2' })).to.equal(
      'SESSION_SECRET must have at least 32 characters',
    );
    expect(refusal({ MODERATOR_KEY: '' })).to.equal('MODERATOR_KEY must have at least 8 characters');
    expect(refusal({ SESSION_HOURS: '0' })).to.match(/^SESSION_HOURS must be a whole number from 1/);
    expect(refusal({ TRUST_PROXY: 'true' })).to.match(/^TRUST_PROXY must be a whole number from 0 to 16/);
    expect(refusal({ CANVAS_USER_BURST: '0' })).to.match(/^CANVAS_USER_BURST must be a whole number from 1 /);
    expect(refusal({ CANVAS_SNAPSHOT_SECONDS: 'soon' })).to.match(
      /^CANVAS_SNAPSHOT_SECONDS must be a number/,
    );
    expect(refusal({ CANVAS_BATCH_MS: '20' })).to.match(
      /^CANVAS_BATCH_MS must be a whole number from 50 to 100/,
    );
    expect(refusal({ VALIDATE_RESPONSES: 'yes' })).to.match(/^VALIDATE_RESPONSES must be one of/);
  });

  it('is listed whole in .env.example, with the same defaults', () => {
    const example = readFileSync(new URL(import.meta.resolve('#package/.env.example')), 'utf8');
    const source = readFileSync(new URL(import.meta.resolve('#package/config.ts')), 'utf8');
    const known = new Set([...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, name]) => name ?? ''));
    const listed = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm)];
    expect(listed.map(([, name]) => name).sort()).to.deep.equal([...known].sort());
    const settings = listed
      .filter(([line, , value]) => !line.startsWith('#') && value !== '')
      .map(([, name, value]) => [name, value]);
    expect(readConfig(Object.fromEntries(settings))).to.deep.equal(readConfig({}));
  });
});
