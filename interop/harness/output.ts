/** Packer breaks long messages into lines of the terminal's width; this undoes it, to compare word for word. */
export function unwrapped(output: string): string {
  return output.replace(/\s+/g, ' ')
}

/** The fingerprint that packer chose, from what it says first. */
export function fingerprintIn(output: string): string {
  const found = /Tracking build on HCP Packer with fingerprint "([^"]+)"/.exec(output)
  if (!found) throw new Error(`Packer names no fingerprint:\n${output}`)
  return found[1]!
}
