import type { PackerArtifact, PackerEvent, PackerPublication } from './machine-readable.ts'
import { PackerTestError } from './packer-error.ts'

/** What a run of `packer` left. */
export interface PackerFacts {
  /** `build site.pkr.hcl`, for messages. */
  readonly command: string
  readonly exitCode: number
  /** What a person would have read, a line each. */
  readonly output: string
  /** What `PACKER_LOG=1` wrote, the plugin's log included. */
  readonly log: string
  /** Every line of `-machine-readable`. */
  readonly events: readonly PackerEvent[]
  /** Of the builds that succeeded. */
  readonly artifacts: readonly PackerArtifact[]
  /** Builds whose images are in the registry. */
  readonly published: readonly PackerPublication[]
}

/** A run of `packer`, with questions that throw a `PackerTestError` with all the output where the answer is no. */
export class PackerRun implements PackerFacts {
  readonly command: string
  readonly exitCode: number
  readonly output: string
  readonly log: string
  readonly events: readonly PackerEvent[]
  readonly artifacts: readonly PackerArtifact[]
  readonly published: readonly PackerPublication[]

  constructor(facts: PackerFacts) {
    this.command = facts.command
    this.exitCode = facts.exitCode
    this.output = facts.output
    this.log = facts.log
    this.events = facts.events
    this.artifacts = facts.artifacts
    this.published = facts.published
  }

  /** It ended with status 0. */
  succeeds(): this {
    return this.#must(this.exitCode === 0, `ended with status ${this.exitCode}`)
  }

  /** It ended with another status, and said so where a text is given. */
  fails(says?: string | RegExp): this {
    this.#must(this.exitCode !== 0, 'was expected to fail and ended with status 0')
    return says === undefined ? this : this.says(says)
  }

  /** A person would have read the text, or something that the pattern matches. */
  says(text: string | RegExp): this {
    return this.#must(matches(this.output, text), `did not say ${text}`)
  }

  /** Nobody would have read it: for secrets, which neither output nor log may hold. */
  hides(text: string | RegExp): this {
    this.#must(!matches(this.output, text), `said ${text}`)
    return this.#must(!matches(this.log, text), `logged ${text}`)
  }

  /** The log of packer and its plugins has it. */
  logs(text: string | RegExp): this {
    return this.#must(matches(this.log, text), `did not log ${text}; its log:\n${this.log.slice(-8000)}\n`)
  }

  /** The one artifact, or the one of a build: `tarball-image.site`. */
  artifact(build?: string): PackerArtifact {
    const found = this.artifacts.filter((artifact) => build === undefined || artifact.build === build)
    const all = this.artifacts.map((artifact) => artifact.build).join(', ') || 'none'
    this.#must(
      found.length === 1,
      `made ${found.length} artifacts${build ? ` of ${build}` : ''}; all: ${all}`,
    )
    return found[0]!
  }

  /** Every build that made an artifact published it to the bucket. */
  publishes(bucket: string): this {
    const here = this.published.filter(({ version }) => version.startsWith(`packer/${bucket}/versions/`))
    const builds = new Set(here.map(({ build }) => build))
    const others = this.artifacts.filter(({ build }) => !builds.has(build)).map(({ build }) => build)
    const missing = others.length === 0 ? '' : `, and not ${others.join(', ')}`
    return this.#must(
      builds.size > 0 && others.length === 0,
      `published ${[...builds].join(', ') || 'nothing'} to ${bucket}${missing}`,
    )
  }

  #must(holds: boolean, what: string): this {
    if (holds) return this
    throw new PackerTestError('unexpected', `packer ${this.command} ${what}\n\n${this.output}`)
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : text.search(wanted) >= 0
}
