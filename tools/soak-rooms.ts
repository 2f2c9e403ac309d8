/**
 * Lets rooms live through kills, crashes of actors, passivations and networks that break, with clients of all doors at
 * once, and compares what everybody has in the end.
 *
 * Run: `node tools/soak-rooms.js [rooms] [minutes] [seed]` from a compiled tree. Exit code 1 where a promise was broken.
 */
import { runRoomSoak } from './soak/rooms/room-soak.ts';

const [rooms = 200, minutes = 8, firstSeed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
console.log(`soak of rooms: ${rooms} within ${minutes} minutes, seeds from ${firstSeed}`);
const report = await runRoomSoak({
  seeds: rooms,
  firstSeed,
  roomsAtOnce: 5,
  acts: 24,
  accidents: 2,
  withinMs: minutes * 60_000,
  onProgress: ({ seeds, broken }) => {
    const line = `  ${seeds} rooms, ${broken} promises broken`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    else console.log(line);
  },
});
const rows: readonly (readonly [string, string | number])[] = [
  ['rooms, each with its seed', report.seeds],
  ['seconds', report.seconds.toFixed(0)],
  ['kills of the server', report.kills],
  ['crashes of actors', report.crashes],
  ['passivations', report.passivations],
  ['things done by clients', report.acts],
  ['edits acknowledged by the room door', report.acks],
  ['changes answered by REST', report.answers],
  ['events', report.events],
  ['slowest start, ms', report.slowestStartMs.toFixed(0)],
  ['promises broken', report.violations.length],
];
console.log('\n\nsoak of rooms');
for (const [name, value] of rows) console.log(`  ${name.padEnd(36)}${String(value).padStart(8)}`);
for (const { seed, what } of report.violations.slice(0, 20)) console.log(`  seed ${seed}: ${what}`);
const [first] = report.violations;
if (first !== undefined) console.log(`  again with: node tools/soak-rooms.js 1 1 ${first.seed}`);
if (report.seeds < rooms) console.log(`  ${rooms - report.seeds} rooms did not fit into the time`);
process.exit(first !== undefined || report.seeds < rooms ? 1 : 0);
