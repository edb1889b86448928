import { Refusal } from './refusal.ts'

/** The fields that an update mask names, in lowerCamelCase or in snake_case. */
export function maskedFields<Field extends string>(
  mask: string,
  known: readonly Field[],
): ReadonlySet<Field> | Refusal {
  const paths = mask.split(',').flatMap((path) => path.trim() || [])
  if (paths.length === 0) return new Refusal('mask.absent', {})
  const fields = new Set<Field>()
  for (const path of paths) {
    const field = known.find((one) => one === path || snake(one) === path)
    if (field === undefined) return new Refusal('mask.unknown', { path, known })
    fields.add(field)
  }
  return fields
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
