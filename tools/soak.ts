/**
 * Kills the server while Yjs clients type, at least 200 times, and looks for what was acknowledged.
 *
 * Run: `node tools/soak.js [kills] [minutes] [seed]` from a compiled tree. Exit code 1 where a promise was broken.
 */
import { runArenas } from './soak/soak-arenas.ts';

const [kills = 200, minutes = 10, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
console.log(`soak: ${kills} kills within ${minutes} minutes, seed ${seed}`);
const report = await runArenas({
  kills,
  editors: 3,
  seed,
  withinMs: minutes * 60_000,
  onProgress: (progress) => {
    const line = `  ${progress.kills} kills, ${progress.acked} updates acknowledged, ${progress.lost} losses`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    else if (progress.kills % 20 === 0) console.log(line);
  },
});
const count = (rule: string): number => report.violations.filter((found) => found.rule === rule).length;
const rows: readonly (readonly [string, string | number])[] = [
  ['kills', report.kills],
  ['seconds', report.seconds.toFixed(0)],
  ['sockets opened', report.sockets],
  ['updates acknowledged', report.acked],
  ['characters at the end', report.characters],
  ['slowest start, ms', report.slowestStartMs.toFixed(0)],
  ['documents with losses after a kill', report.lost],
  ['documents that diverged', report.diverged],
  ['acks or updates lost on the wire', count('lost')],
  ['gaps', count('gap')],
  ['duplicates', count('duplicate')],
  ['real-time order broken', count('reorder')],
];
console.log('\n\nsoak');
for (const [name, value] of rows) console.log(`  ${name.padEnd(36)}${String(value).padStart(8)}`);
for (const { rule, message } of report.violations.slice(0, 20)) console.log(`  ${rule}: ${message}`);
const isBroken = report.violations.length + report.lost + report.diverged > 0;
if (report.kills < kills) console.log(`  ${kills - report.kills} kills did not fit into the time`);
process.exitCode = isBroken || report.kills < kills ? 1 : 0;
