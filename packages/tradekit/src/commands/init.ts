/** `tradekit init`: a project of the user's own. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '@tradekit/core';
import { EXIT } from '../errors.js';
import { templateFolder } from '../template.js';
import { version } from '../version.js';

/** Makes a project in a folder that is empty or not there yet, and says what to do next. Throws `ConfigError` on any other folder. */
export async function initCommand(folder: string): Promise<number> {
  const path = resolve(folder);
  requireEmpty(path, folder);
  mkdirSync(path, { recursive: true });
  cpSync(fileURLToPath(templateFolder), path, { recursive: true });
  // npm leaves files of the real name out of a package.
  renameSync(join(path, 'gitignore'), join(path, '.gitignore'));
  writeFileSync(join(path, 'package.json'), packageJson(basename(path)));
  const into = relative('', path);
  process.stdout.write(
    `Made a system in ${path}\n\nNext:\n${into === '' ? '' : `  cd ${into}\n`}  npm install\n  npx tradekit run config.yaml\n  npm test\n`,
  );
  return EXIT.done;
}

function requireEmpty(path: string, folder: string): void {
  if (!existsSync(path)) return;
  const what = statSync(path).isDirectory()
    ? readdirSync(path).length > 0
      ? 'holds files already'
      : undefined
    : 'is a file';
  if (what === undefined) return;
  throw new ConfigError('INIT_FOLDER', `"${folder}" ${what}; give the name of a new or empty folder`, { folder });
}

function packageJson(folder: string): string {
  const own = version();
  const content = {
    name:
      folder
        .toLowerCase()
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[._-]+/, '') || 'my-system',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: { start: 'tradekit run config.yaml', test: 'node --test' },
    dependencies: { '@tradekit/core': own, '@tradekit/indicators': own, tradekit: own },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
