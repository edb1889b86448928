/** Where a command writes: results to `out`, everything about the work to `err`. */
export interface Output {
  /** The result, as text for people or as one JSON document with `--json`. */
  result(value: unknown, text: () => string): void
  /** A line about the work: progress, warnings, next steps. */
  note(line: string): void
}

export function output(json: boolean, streams = { out: process.stdout, err: process.stderr }): Output {
  return {
    result: (value, text) => {
      streams.out.write(`${json ? JSON.stringify(value, undefined, 2) : text()}\n`)
    },
    note: (line) => {
      streams.err.write(`${line}\n`)
    },
  }
}

/** A number of bytes, for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1_048_576) return `${Math.ceil(bytes / 1024)} KB`
  return `${Math.ceil(bytes / 1_048_576)} MB`
}
