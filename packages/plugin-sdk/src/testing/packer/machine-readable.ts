/** A line of `packer -machine-readable`. */
export interface PackerEvent {
  /** Seconds since 1970. */
  readonly timestamp: number
  /** The build that it is about; empty where it is about all. */
  readonly target: string
  /** `ui`, `artifact`, `error`, … */
  readonly type: string
  readonly data: readonly string[]
}

/** What a build made, as `packer` tells it in the end. */
export interface PackerArtifact {
  /** `tarball-image.site` */
  readonly build: string
  readonly builderId: string
  readonly id: string
  readonly description: string
  readonly files: readonly string[]
}

/** A build whose images were published. */
export interface PackerPublication {
  /** `tarball-image.site` */
  readonly build: string
  /** As packer writes it: `packer/BUCKET/versions/ID`. */
  readonly version: string
}

/** What `packer -machine-readable` printed. */
export interface MachineReadable {
  readonly events: readonly PackerEvent[]
  /** What a person would have read, a line each. */
  readonly text: string
  readonly artifacts: readonly PackerArtifact[]
  readonly published: readonly PackerPublication[]
}

/** Packer tells what it published as one more artifact of the build, with this builder id (1.16.0 and before). */
const PUBLICATION = 'packer.post-processor.hpc-packer-registry'

/** Reads it; lines of another form are text. */
export function readMachineReadable(printed: string): MachineReadable {
  const events: PackerEvent[] = []
  const text: string[] = []
  for (const line of printed.split('\n')) {
    const event = readEvent(line)
    if (event) events.push(event)
    const said = event ? textOf(event) : line
    if (said !== undefined && (event || line !== '')) text.push(said)
  }
  const all = artifactsOf(events)
  return {
    events,
    text: text.join('\n'),
    artifacts: all.filter(({ builderId }) => builderId !== PUBLICATION),
    published: all.filter(({ builderId }) => builderId === PUBLICATION).map(publication),
  }
}

function readEvent(line: string): PackerEvent | undefined {
  const [, timestamp, target = '', type = '', rest] = /^(\d+),([^,]*),([^,]+)(?:,(.*))?$/.exec(line) ?? []
  if (timestamp === undefined) return undefined
  return { timestamp: Number(timestamp), target, type, data: (rest ?? '').split(',').map(unescaped) }
}

/** As packer since 1.0 writes it: a comma, CR and LF inside of a field. A written backslash stays as it is. */
function unescaped(field: string): string {
  return field.replaceAll('%!(PACKER_COMMA)', ',').replaceAll('\\n', '\n').replaceAll('\\r', '\r')
}

function textOf({ type, target, data }: PackerEvent): string | undefined {
  if (type === 'ui') return data[1]
  return type === 'error' ? `${target}: ${data[0]}` : undefined
}

/** Each build tells its artifacts' facts under an index. */
function artifactsOf(events: readonly PackerEvent[]): PackerArtifact[] {
  const facts = new Map<string, Map<string, string[]>>()
  for (const { target, type, data } of events) {
    const [index, fact, ...values] = data
    if (type !== 'artifact' || index === undefined || fact === undefined) continue
    const key = `${target},${index}`
    const known = facts.get(key) ?? facts.set(key, new Map()).get(key)!
    known.set(fact, [...(known.get(fact) ?? []), values.at(-1) ?? ''])
  }
  return [...facts].map(([key, known]) => artifact(key.slice(0, key.lastIndexOf(',')), known))
}

function publication({ build, description }: PackerArtifact): PackerPublication {
  return { build, version: description.slice(description.lastIndexOf(' ') + 1) }
}

function artifact(build: string, facts: ReadonlyMap<string, readonly string[]>): PackerArtifact {
  const first = (fact: string) => facts.get(fact)?.[0] ?? ''
  return {
    build,
    builderId: first('builder-id'),
    id: first('id'),
    description: first('string'),
    files: facts.get('file') ?? [],
  }
}
