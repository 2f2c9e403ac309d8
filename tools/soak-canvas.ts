/**
 * Kills the server while people paint and a moderator locks, rewinds and changes the palette, and looks for what was
 * promised.
 *
 * Run: `node tools/soak-canvas.js [kills] [minutes] [seed]` from a compiled tree. Exit code 1 where a promise was broken.
 */
import { runCanvasSoak } from './soak/canvas/canvas-soak.ts';

const [kills = 50, minutes = 10, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
console.log(`soak of canvases: ${kills} kills within ${minutes} minutes, seed ${seed}`);
const report = await runCanvasSoak({
  kills,
  painters: 4,
  seed,
  withinMs: minutes * 60_000,
  onProgress: (progress) => {
    const line = `  ${progress.kills} kills, ${progress.acks} paintings acknowledged, ${progress.broken} promises broken`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    else if (progress.kills % 10 === 0) console.log(line);
  },
});
const rows: readonly (readonly [string, string | number])[] = [
  ['kills', report.kills],
  ['stops as one should', report.restarts],
  ['seconds', report.seconds.toFixed(0)],
  ['sockets opened', report.sockets],
  ['paintings acknowledged', report.acks],
  ['paintings refused', report.rejects],
  ['acts of the moderator', report.answers],
  ['rewinds among them', report.rewinds],
  ['events', report.events],
  ['slowest start, ms', report.slowestStartMs.toFixed(0)],
  ['promises broken', report.violations.length],
];
console.log('\n\nsoak of canvases');
for (const [name, value] of rows) console.log(`  ${name.padEnd(36)}${String(value).padStart(8)}`);
for (const what of report.violations.slice(0, 20)) console.log(`  ${what}`);
if (report.violations.length > 0)
  console.log(`  again with: node tools/soak-canvas.js ${kills} ${minutes} ${seed}`);
if (report.kills < kills) console.log(`  ${kills - report.kills} kills did not fit into the time`);
process.exit(report.violations.length > 0 || report.kills < kills ? 1 : 0);
