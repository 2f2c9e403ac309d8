/**
 * Paints on a canvas with many real sockets at once, and looks whether anything is lost, wrong or slow.
 *
 * `make crowd KEY=... [URL= CANVAS= CLIENTS= RATE= SECONDS= BATCH=]`. Talks to that address only, and ends by itself. Exit
 * code 1 where something was lost or differs, or not all got in.
 */
import { CrowdError, readCrowdOptions } from './crowd/crowd-options.ts';
import { isSound, printTable } from './crowd/crowd-report.ts';
import { runCrowd } from './crowd/crowd-run.ts';
import { openSite } from './crowd/crowd-site.ts';

async function run(): Promise<void> {
  const options = readCrowdOptions(process.env);
  const { url, clients, rate, seconds } = options;
  const stop = new AbortController();
  // The first Ctrl-C ends the painting; the canvas is left in order. The second one does not wait.
  process.once('SIGINT', () => stop.abort());
  const site = await openSite(options);
  try {
    console.log(`crowd: ${clients} sockets, ${rate} pixels a second, ${seconds} s, at ${url}`);
    console.log(
      `canvas: ${site.canvas.name} (${site.canvas.id}), ${site.canvas.width}×${site.canvas.height}`,
    );
    const { tally, verdict } = await runCrowd(site, options, console.log, stop.signal);
    printTable(tally, verdict);
    if (!isSound(tally, verdict) || verdict.joined < verdict.clients) process.exitCode = 1;
  } finally {
    await site.close();
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof CrowdError ? `crowd: ${error.message}` : error);
  process.exitCode = 1;
});
