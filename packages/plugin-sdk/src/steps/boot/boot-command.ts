import { parseDuration } from '../../config/duration.ts'
import { type BootKey, bootKey } from './boot-keys.ts'

/** What happens to a key. */
export type KeyAction = 'press' | 'on' | 'off'

/** One thing that a boot command does. */
export type BootAction =
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'key'; readonly key: BootKey; readonly action: KeyAction }
  /** A character, with Shift where the keyboard needs it. */
  | { readonly kind: 'character'; readonly character: string; readonly action: KeyAction }

/** Longest first, so that `<` alone is the last that is tried. */
const grammar = [
  /<wait([^<>\s]*)>/iy,
  /<([a-z]+\d*)(on|off)>/iy,
  /<([a-z]+\d*)>/iy,
  /<(.)(on|off)>/iuy,
] as const

/** The wait of `<wait>`: milliseconds. */
const SHORTEST_WAIT = 1000

/**
 * Reads a boot command: `<enter>` and the like press a key, `<leftShiftOn>` and `<leftShiftOff>` hold and let go of it, as do
 * `<aOn>` and `<aOff>`; `<wait>` waits a second, `<wait5>` five, `<wait1m30s>` as said. All else is typed as it is,
 * angle brackets around what is no key too.
 *
 * @example
 * parseBootCommand('<esc><wait>linux ks=http://{{ .HTTPIP }}/ks.cfg<enter>')
 */
export function parseBootCommand(command: string): readonly BootAction[] {
  const actions: BootAction[] = []
  for (let at = 0; at < command.length; ) {
    const { action, length } = special(command, at) ?? character(command, at)
    actions.push(action)
    at += length
  }
  return actions
}

interface Read {
  readonly action: BootAction
  readonly length: number
}

function character(command: string, at: number): Read {
  const text = String.fromCodePoint(command.codePointAt(at)!)
  return { action: { kind: 'character', character: text, action: 'press' }, length: text.length }
}

function special(command: string, at: number): Read | undefined {
  if (command[at] !== '<') return
  for (const rule of grammar) {
    rule.lastIndex = at
    const found = rule.exec(command)
    const action = found && actionOf(found, rule === grammar[0])
    if (action) return { action, length: found[0].length }
  }
}

function actionOf([, name = '', toggle]: RegExpExecArray, isWait: boolean): BootAction | undefined {
  if (isWait) return wait(name)
  const action = (toggle?.toLowerCase() ?? 'press') as KeyAction
  const key = bootKey(name)
  if (key) return { kind: 'key', key, action }
  if (toggle && [...name].length === 1) return { kind: 'character', character: name, action }
}

function wait(text: string): BootAction | undefined {
  if (text === '') return { kind: 'wait', milliseconds: SHORTEST_WAIT }
  try {
    const milliseconds = parseDuration(/^\d+$/.test(text) ? `${text}s` : text)
    return milliseconds >= 0 ? { kind: 'wait', milliseconds } : undefined
  } catch {
    // What is no duration is text.
  }
}
