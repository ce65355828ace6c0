// Compiles the loops and writes them as a constant of TypeScript: `npm run kernels`. With `--print` the constant's file goes to the standard output instead.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const target = new URL('../src/boosting/wasm-module.ts', import.meta.url);
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

/** The module's bytes, the same for a source on every machine. */
async function compiled() {
  let bytes = new Uint8Array();
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'loops.wasm', ...OPTIONS], {
    readFile: (name, folder) => read(new URL(name, new URL(`${folder}/`, import.meta.url))),
    writeFile: (_name, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`the loops do not compile:\n${stderr.toString()}`, { cause: error });
  return bytes;
}

function read(url) {
  try {
    return readFileSync(fileURLToPath(url), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

function text(bytes) {
  return `/** The loops of \`assembly/\`, compiled by \`npm run kernels\`. */
export const MODULE: string =
  '${Buffer.from(bytes).toString('base64')}';
`;
}

const made = text(await compiled());
if (process.argv.includes('--print')) process.stdout.write(made);
else writeFileSync(target, made);
