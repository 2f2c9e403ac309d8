/** Loaded before a server that is measured: collects all garbage when SIGUSR2 comes, so that only what is used counts. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Code that is not run any more is given up after several collections only. */
const COLLECTIONS = 10;

process.on('SIGUSR2', () => {
  for (let count = 0; count < COLLECTIONS; count += 1) collect();
});
