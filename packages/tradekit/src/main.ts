/** The program: commands, flags, and how it ends. */
import { inspect } from 'node:util';
import { ConfigError, nearest } from '@tradekit/core';
import { Command, CommanderError, Option } from 'commander';
import type { DoctorFlags } from './commands/data/doctor.js';
import type { ExportFlags } from './commands/data/export.js';
import { fileOptions, symbolsOption } from './commands/data/files.js';
import type { ImportFlags } from './commands/data/import.js';
import type { RunCommandFlags } from './commands/run.js';
import { defaultRun } from './commands/start.js';
import type { TrainCommandFlags } from './commands/train.js';
import { EXIT, exitCodeOf, messageOf } from './errors.js';
import { version } from './version.js';

/** Runs the program with its arguments, without node and script; answers the exit code. Nothing is thrown. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = commands(async (command) => {
    exitCode = await command();
  });
  const debug = args.includes('--debug') || process.env.TRADEKIT_DEBUG !== undefined;
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${debug ? `${inspect(error)}\n` : ''}${faultLines(messageOf(error))}\n`);
    return exitCodeOf(error);
  }
}

function faultLines(message: string): string {
  return message
    .split('\n')
    .map((line) => `error: ${line}`)
    .join('\n');
}

/** Flags of the command line alone. */
interface FromFlags {
  readonly debug?: boolean;
  readonly from?: string;
}

type Run = (command: () => Promise<number>) => Promise<void>;

function commands(run: Run): Command {
  const program = new Command('tradekit')
    .description('Runs trading systems on 15-minute bars of US stocks: backtests, and paper trading on recorded bars.')
    .version(version())
    .option('--debug', 'show where an error comes from')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError('(see tradekit --help)');
  program.addHelpText('after', HELP_END);
  const sub = (name: string, description: string): Command =>
    program.command(name).description(description).option('--debug', 'show where an error comes from');
  sub('init <folder>', 'make a project of your own: a config, a strategy, a test, and a small synthetic market').action(
    (folder: string) => run(async () => (await import('./commands/init.js')).initCommand(folder)),
  );
  sub('run [config]', 'run the system that a config file describes')
    .option('--from <run>', 'run again what has left this folder, and compare the digests')
    .addOption(new Option('--mode <mode>', 'in place of the config').choices(['backtest', 'paper', 'live']))
    .option('--start <date>', 'first New York session date, included: YYYY-MM-DD')
    .option('--end <date>', 'last New York session date, included')
    .option('--data <folder>', 'folder with the bar files, in place of the config')
    .option('--output <folder>', "the run folder itself; by default one named by time in the config's output folder")
    .option('--fail-on <checks>', 'exit with 1 when one of these checks has failed, for example look-ahead,fill-sanity')
    .option('--no-checks', 'do not check the run: look-ahead and warm-up run a part of it again')
    .option('--json', 'the summary as JSON on the standard output, and nothing else there')
    .action((config: string | undefined, { debug: _, from, ...flags }: RunCommandFlags & FromFlags) =>
      run(async () => {
        const { runCommand, runFromCommand } = await import('./commands/run.js');
        if (from !== undefined && config === undefined) return runFromCommand(from, flags);
        if (config !== undefined && from === undefined) return runCommand(config, flags);
        throw new ConfigError('RUN_WHAT', 'give either a config file, or --from with the folder of a run');
      }),
    );
  sub('train <config>', 'train the model that a config file describes, fold by fold; a training that was ended goes on')
    .option('--start <date>', 'first New York session date, included: YYYY-MM-DD')
    .option('--end <date>', 'last New York session date, included')
    .option('--data <folder>', 'folder with the bar files, in place of the config')
    .option('--json', 'all figures as JSON on the standard output, and nothing else there')
    .action((config: string, { debug: _, ...flags }: TrainCommandFlags & FromFlags) =>
      run(async () => (await import('./commands/train.js')).trainCommand(config, flags)),
    );
  sub('report <run>', 'every metric of a run that has left a folder').action((path: string) =>
    run(async () => (await import('./commands/report.js')).reportCommand(path)),
  );
  sub('compare <run> <other>', 'two runs side by side').action((path: string, other: string) =>
    run(async () => (await import('./commands/report.js')).compareCommand(path, other)),
  );
  dataCommands(program, run);
  const features = program.command('features').description('indicators that strategies can ask for');
  features
    .command('list')
    .description('every indicator with its parameters, unit and warm-up')
    .option('--debug', 'show where an error comes from')
    .option('--json', 'as JSON')
    .action((flags: { json?: boolean }) =>
      run(async () => (await import('./commands/features.js')).featuresCommand(flags)),
    );
  program.allowExcessArguments().action(() => run(() => start(program)));
  return program;
}

/** `tradekit data …`: bars before they are traded. */
function dataCommands(program: Command, run: Run): void {
  const data = program.command('data').description('look after bars: examine, clean and store them');
  const sub = (name: string, description: string): Command =>
    data.command(name).description(description).option('--debug', 'show where an error comes from');
  const doctor = sub('doctor [folder]', 'examine a folder of bar files; data/raw by default')
    .option('--output <folder>', 'where quality.html and quality.json go', '.')
    .option('--instruments <file>', 'what is known of instruments, so that it is not found again')
    .option('--strict', 'exit with 3 when something is wrong or needs a decision')
    .option('--json', 'the report as JSON on the standard output, and nothing else there')
    .action((folder: string | undefined, flags: DoctorFlags) =>
      run(async () => (await import('./commands/data/doctor.js')).doctorCommand(folder ?? 'data/raw', flags)),
    );
  const importing = sub('import <source> <store>', 'clean bar files, or read a Parquet file, into a store')
    .addOption(
      new Option('--feed <feed>', 'whose trades the bars are made of; unknown by default').choices([
        'sip',
        'iex',
        'unknown',
      ]),
    )
    .addOption(
      new Option('--adjusted <what>', 'what has been taken out of the prices; split by default').choices([
        'raw',
        'split',
        'total-return',
      ]),
    )
    .option('--strict', 'clean nothing: the first fault ends the import')
    .option('--repairs <file>', 'where the ledger of repairs goes', 'repairs.csv')
    .action((source: string, store: string, flags: ImportFlags) =>
      run(async () => (await import('./commands/data/import.js')).importCommand(source, store, flags)),
    );
  for (const option of fileOptions()) {
    doctor.addOption(option);
    importing.addOption(option);
  }
  sub('export <store> <target>', 'write a store as bar files, as NAME.parquet, or into another store')
    .addOption(symbolsOption())
    .addOption(new Option('--to <what>', 'what a target folder is to hold').choices(['csv', 'store']).default('csv'))
    .action((store: string, target: string, flags: ExportFlags) =>
      run(async () => (await import('./commands/data/export.js')).exportCommand(store, target, flags)),
    );
  sub('list <store>', 'what a store holds')
    .option('--json', 'as JSON')
    .action((store: string, flags: { json?: boolean }) =>
      run(async () => (await import('./commands/data/list.js')).listCommand(store, flags)),
    );
  sub('verify <store>', 'read everything in a store and compare it with its checksums').action((store: string) =>
    run(async () => (await import('./commands/data/list.js')).verifyCommand(store)),
  );
  data.addHelpText('after', STORES);
}

const STORES = `
A store is a folder of column files, a file NAME.duckdb, the URL of a PostgreSQL database, or the word postgres for the one
that the environment variable TRADEKIT_DATABASE_URL names.`;

/** Without a command: the embedded default where there is one, else the help. */
async function start(program: Command): Promise<number> {
  const [unknown] = program.args;
  if (unknown !== undefined) {
    const known = program.commands.map((command) => command.name());
    const near = nearest(unknown, known);
    const hint = near === undefined ? `use ${known.join(' or ')}` : `did you mean "${near}"?`;
    throw new ConfigError('COMMAND_UNKNOWN', `there is no command "${unknown}"; ${hint}`, { command: unknown });
  }
  const found = defaultRun(process.cwd());
  if (found === undefined) {
    program.outputHelp();
    return EXIT.done;
  }
  const { runCommand } = await import('./commands/run.js');
  return runCommand(found.config, found.data === undefined ? {} : { data: found.data, everyFile: true });
}

const HELP_END = `
Begin with:
  tradekit init my-system

Exit codes: 0 done, 1 failed, 2 bad config or usage, 3 bad data; 130 interrupted by Ctrl-C, with what there was until then.`;
