import pc from 'picocolors'

/** Facts of one thing, a line each; those without a value are left out. */
export function fields(facts: Readonly<Record<string, string>>): string {
  const told = Object.entries(facts).filter(([, value]) => value !== '')
  const wide = Math.max(...told.map(([name]) => name.length))
  return told.map(([name, value]) => `${pc.bold(name.padEnd(wide))}  ${value}`).join('\n')
}

/** Labels in a line. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
}
