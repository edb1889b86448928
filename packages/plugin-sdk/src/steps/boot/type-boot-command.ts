import { setTimeout as sleep } from 'node:timers/promises'
import { CancelledError } from '../../errors/cancelled-error.ts'
import { type BootAction, type KeyAction, parseBootCommand } from './boot-command.ts'
import type { BootKey } from './boot-keys.ts'

/** What a machine is typed at with: by VNC, the platform's API, … */
export interface BootKeyboard {
  /** Types, holds or lets go of a character; with Shift where the keyboard needs it. */
  sendCharacter(character: string, action: KeyAction): void | Promise<void>
  sendKey(key: BootKey, action: KeyAction): void | Promise<void>
  /** Sends what was kept back; called before each wait and at the end. */
  flush?(): void | Promise<void>
}

/** How a boot command is typed. Times are in milliseconds. */
export interface TypingOptions {
  readonly keyboard: BootKeyboard
  readonly signal: AbortSignal
  /** After each key. */
  readonly keyInterval?: number
  /** After each group of keys that were kept back together: after `flush`. */
  readonly groupInterval?: number
}

/**
 * Types a boot command, with its waits.
 * @throws CancelledError when the signal is aborted.
 *
 * @example
 * const command = render(config.boot_command.join(''), { data: { HTTPIP: ip, HTTPPort: port } })
 * await typeBootCommand(command, { keyboard, signal })
 */
export async function typeBootCommand(command: string, options: TypingOptions): Promise<void> {
  for (const action of parseBootCommand(command)) {
    CancelledError.throwIf(options.signal)
    await act(action, options)
  }
  await flush(options)
}

async function act(action: BootAction, options: TypingOptions): Promise<void> {
  const { keyboard, keyInterval = 0, signal } = options
  if (action.kind === 'wait') {
    await flush(options)
    return pause(action.milliseconds, signal)
  }
  if (action.kind === 'key') await keyboard.sendKey(action.key, action.action)
  else await keyboard.sendCharacter(action.character, action.action)
  await pause(keyInterval, signal)
}

async function flush({ keyboard, groupInterval = 0, signal }: TypingOptions): Promise<void> {
  if (!keyboard.flush) return
  await keyboard.flush()
  await pause(groupInterval, signal)
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0) return
  await sleep(milliseconds, undefined, { signal }).catch(() => CancelledError.throwIf(signal))
}
