import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = /\.(css|html|js|json|svg|ttf)$/;

/** Files up to this size fit into one packet and stay uncompressed. */
const small = 1400;

/** The program finds the builds by these files, which stay as they are. */
const marks = ['index.html', 'manifest.json'];

/**
 * Replaces each larger file of the build by its compressed form, name.gz. The server sends these bytes unchanged, and
 * decompresses them for clients without gzip.
 */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) throw new Error('precompress: the build has no directory');
      const files = await readdir(dir, { recursive: true });
      await Promise.all(files.filter((name) => compressible.test(name) && !marks.includes(name)).map((name) => replace(join(dir, name))));
    },
  };
}

async function replace(file: string): Promise<void> {
  const plain = await readFile(file);
  if (plain.length <= small) return;
  const packed = await promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION });
  await writeFile(`${file}.gz`, packed);
  await rm(file);
}
