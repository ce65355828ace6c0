import { empty, objectList } from '../list.js';
import type { BrokerCommand } from '../orders/group.js';
import { isReducing } from '../orders/request.js';
import type { Decision, EngineOutput, TimerRequest } from '../ports/events.js';

/** What an event has led to so far. One output object for the life of the engine. */
export class Outbox {
  readonly #decisions: Decision[] = objectList();
  readonly #timers: TimerRequest[] = objectList();
  /** Cancels and replacements; in the end all commands. */
  readonly #commands: BrokerCommand[] = objectList();
  readonly #reductions: BrokerCommand[] = objectList();
  readonly #entries: BrokerCommand[] = objectList();
  readonly #output: EngineOutput = { decisions: this.#decisions, commands: this.#commands, timers: this.#timers };

  clear(): void {
    empty(this.#decisions);
    empty(this.#commands);
    empty(this.#timers);
  }

  put(decision: Decision): void {
    this.#decisions.push(decision);
    if (decision.kind === 'command') this.#queue(decision.command);
    else if (decision.kind === 'timer') this.#timers.push(decision);
  }

  /** The output: cancels first, then reductions, then entries. */
  close(): EngineOutput {
    if (this.#reductions.length > 0) {
      for (const command of this.#reductions) this.#commands.push(command);
      empty(this.#reductions);
    }
    if (this.#entries.length > 0) {
      for (const command of this.#entries) this.#commands.push(command);
      empty(this.#entries);
    }
    return this.#output;
  }

  #queue(command: BrokerCommand): void {
    if (command.kind !== 'submit') this.#commands.push(command);
    else if (isEntry(command)) this.#entries.push(command);
    else this.#reductions.push(command);
  }
}

function isEntry({ group }: Extract<BrokerCommand, { kind: 'submit' }>): boolean {
  return group.kind === 'bracket' || (group.kind === 'single' && !isReducing(group.order.request.role));
}
