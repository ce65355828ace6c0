// Packs every package as it would be published and lets publint and attw judge the tarballs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, packages, pnpm, run } from './workspace.mjs';

const judges = [
  ['publint', 'node_modules/publint/src/cli.js', '--strict'],
  // Without the profile attw refuses any package that offers no CommonJS.
  ['attw', 'node_modules/@arethetypeswrong/cli/dist/index.js', '--profile', 'esm-only', '--no-color'],
];

/** The names of the judges that refuse a tarball; what they said goes to the error output. */
function refusals(tarball) {
  return judges.flatMap(([name, program, ...options]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [at(program), ...options, tarball], {
      encoding: 'utf8',
    });
    if (status === 0) return [];
    console.error(`${stdout}${stderr}`);
    return [name];
  });
}

function check(folder, tarballs) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  const refused = readdirSync(tarballs).includes(file) ? refusals(join(tarballs, file)) : ['pnpm pack'];
  console.log(`${name} ${version}: ${refused.length === 0 ? 'ok' : `refused by ${refused.join(' and ')}`}`);
  return refused.length === 0;
}

run(process.execPath, [at('scripts/setup.mjs'), '--build']);
const tarballs = mkdtempSync(join(tmpdir(), 'tradekit-packages-'));
try {
  pnpm('--silent', '-r', '--filter', './packages/*', 'pack', '--pack-destination', tarballs);
  const results = packages.map((folder) => check(folder, tarballs));
  if (results.includes(false)) process.exitCode = 1;
} finally {
  rmSync(tarballs, { recursive: true, force: true });
}
