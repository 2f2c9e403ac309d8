import { GOLDEN_FOLDER, writeGoldens } from './card/golden.ts';

/**
 * Writes the golden pictures of the test card anew. To be run when pictures are meant to look different than before:
 * look at `make card` first, and say so in the commit.
 */
const count = await writeGoldens(GOLDEN_FOLDER);
console.log(`${count} pictures in ${GOLDEN_FOLDER}`);
