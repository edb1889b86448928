import { amount, verdict } from './aim.ts'
import type { Figure, Measured, Reading, Unit } from './figure.ts'
import type { Machine } from './machine.ts'
import { spread } from './statistics.ts'

/** How one figure came out. */
export interface Outcome {
  readonly figure: Figure
  readonly readings: readonly Reading[]
  /** Why it was not measured. */
  readonly skipped?: string
  readonly failed?: string
  readonly load: { readonly before: number; readonly after: number }
  readonly seconds: number
}

export function machineLine({ cores, processor, node, platform, date }: Machine): string {
  return `${date.slice(0, 16).replace('T', ' ')} UTC, ${cores} cores (${processor}), Node ${node}, ${platform}`
}

/** A block of lines: what it is and how busy the machine was, then ours with its peers below. */
export function outcomeText({ figure, readings, skipped, failed, load, seconds }: Outcome): string {
  const took = `${seconds.toFixed(0)} s, load ${load.before.toFixed(1)} → ${load.after.toFixed(1)}`
  const lines = [`${figure.name}: ${figure.title}  [${took}]`, ...readings.flatMap(readingLines)]
  if (skipped) lines.push(`  skipped: ${skipped}`)
  if (failed) lines.push(`  FAILED: ${failed}`)
  return lines.join('\n')
}

function readingLines(reading: Reading): string[] {
  const judged = verdict(reading)
  const aim = judged ? `${judged.met ? 'met' : 'MISSED'}: ${judged.text}` : ''
  const ours = spread(reading.samples).median
  const peers = (reading.peers ?? []).map((peer) => {
    const ratio = ours / spread(peer.samples).median
    return line(`  beside ${peer.name}`, peer, { unit: reading.unit, more: `ours is ${amount(ratio, '')} ×` })
  })
  return [line(reading.name, reading, { unit: reading.unit, more: aim }), ...peers]
}

function line(name: string, { samples }: Measured, { unit, more }: { unit: Unit; more: string }): string {
  const { median, min, max } = spread(samples)
  const range = `(${amount(min, '')}–${amount(max, '')}, ${samples.length} runs)`
  return `  ${name.padEnd(46)}${amount(median, unit).padStart(11)}  ${range.padEnd(28)}${more}`.trimEnd()
}

/** For programs: all samples, with what the table says of them. */
export function outcomeJson({ figure, readings, ...rest }: Outcome) {
  return {
    name: figure.name,
    title: figure.title,
    ...rest,
    readings: readings.map((reading) => ({
      name: reading.name,
      unit: reading.unit,
      ...spread(reading.samples),
      samples: reading.samples,
      peers: (reading.peers ?? []).map((peer) => ({ ...peer, ...spread(peer.samples) })),
      aim: verdict(reading),
    })),
  }
}

/** The last line: how many aims were met of those that were measured. */
export function closingLine(outcomes: readonly Outcome[]): string {
  const judged = outcomes
    .flatMap(({ readings }) => readings.map(verdict))
    .filter((each) => each !== undefined)
  const count = (test: (outcome: Outcome) => unknown) => outcomes.filter(test).length
  const met = judged.filter((each) => each.met).length
  return `${met} of ${judged.length} aims met; ${count((each) => each.skipped)} figures skipped, ${count((each) => each.failed)} failed`
}
