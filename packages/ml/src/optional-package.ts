/** Packages that are the user's to install: never needed for an install or a start of ours. */
import { createRequire } from 'node:module';
import { MlError } from './error.js';

/** Where a package begins. Throws `MlError` `PACKAGE_MISSING` when it is not installed for a file, with the remedy: `npm install` of the name and what else is to be said. */
export function entryOf(name: string, file: string, saying = ''): string {
  try {
    return createRequire(file).resolve(name);
  } catch (cause) {
    const message = `the package ${name} is not installed; run: npm install ${name}${saying}`;
    throw new MlError('PACKAGE_MISSING', message, { package: name }, { cause });
  }
}
