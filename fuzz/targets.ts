import type { Target } from './target.ts'

/** Decoders by what they need to load: a search is the faster, the less there is beside what it tries. */
const groups = {
  encodings: async () => (await import('./targets/encodings.ts')).encodings,
  texts: async () => (await import('./targets/texts.ts')).texts,
  machines: async () => (await import('./targets/machines.ts')).machines,
  sessions: async () => (await import('./targets/sessions.ts')).sessions,
}

export type GroupName = keyof typeof groups

/** A decoder, and the group that it is in. */
export interface GroupedTarget extends Target {
  readonly group: GroupName
}

/** All decoders of the plugin side. */
export async function allTargets(): Promise<GroupedTarget[]> {
  const names = Object.keys(groups) as GroupName[]
  const loaded = await Promise.all(
    names.map(async (group) => (await groups[group]()).map((target) => ({ ...target, group }))),
  )
  return loaded.flat()
}

export async function targetIn(group: GroupName, name: string): Promise<Target> {
  const target = (await groups[group]()).find((each) => each.name === name)
  if (!target) throw new Error(`There is no decoder called ${name}`)
  return target
}
