/** The keys that boot commands have names for; letters and digits are typed as they are. */
const names = [
  ...['bs', 'del', 'enter', 'esc', 'return', 'tab', 'spacebar', 'menu'],
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}` as const),
  ...['up', 'down', 'left', 'right', 'insert', 'home', 'end', 'pageUp', 'pageDown'],
  ...['leftAlt', 'leftCtrl', 'leftShift', 'leftSuper'],
  ...['rightAlt', 'rightCtrl', 'rightShift', 'rightSuper'],
] as const

/** A key by its name, as boot commands write it between angle brackets. */
export type BootKey = (typeof names)[number]

const byName = new Map<string, BootKey>(names.map((name) => [name.toLowerCase(), name]))

/** The key of that name, however it is capitalised. */
export function bootKey(name: string): BootKey | undefined {
  return byName.get(name.toLowerCase())
}
