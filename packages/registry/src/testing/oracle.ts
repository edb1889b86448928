/** What the registry is for, once more and as plainly as it can be said: maps in memory, closures by walking. */

interface Row {
  readonly origin: Version
  readonly at: number
  readonly spreads: boolean
}

interface Build {
  /** Counts all builds in the order in which they were made. */
  readonly place: number
  status: string
  parentId: string
  source: string
  image: string
}

/** What a publisher says of a build; an image comes with the word that it is done. */
export interface BuildWords {
  readonly status: string
  readonly parentId: string
  readonly source: string
  readonly image: string
}

export interface Version {
  readonly bucket: string
  readonly fingerprint: string
  /** What the registry calls it. */
  id: string
  number: number
  alive: boolean
  readonly builds: Map<string, Build>
  readonly revocations: Map<Version, Row>
}

interface Channel {
  readonly managed: boolean
  version: Version | null
  history: (Version | null)[]
}

interface Edge {
  readonly child: Version
  readonly component: string
  readonly parent: Version
}

/** Each method answers the code of the refusal, or nothing. */
export class Oracle {
  now: number
  readonly versions = new Map<string, Version>()
  readonly channels = new Map<string, Channel>()
  #edges: Edge[] = []
  #places = 0

  constructor(now: number, buckets: readonly string[]) {
    this.now = now
    for (const bucket of buckets)
      this.channels.set(`${bucket} latest`, { managed: true, version: null, history: [] })
  }

  createVersion(bucket: string, fingerprint: string): string | undefined {
    const key = `${bucket} ${fingerprint}`
    if (this.versions.has(key)) return 'version.exists'
    const facts = { bucket, fingerprint, id: '', number: 0, alive: true }
    this.versions.set(key, { ...facts, builds: new Map(), revocations: new Map() })
    return undefined
  }

  createBuild(at: string, component: string, words: BuildWords): string | undefined {
    if (words.source !== '' && words.parentId === '') return 'build.source-alone'
    const version = this.versions.get(at)
    if (!version) return 'version.absent'
    if (version.number > 0) return 'build.version-complete'
    if (version.builds.has(component)) return 'build.exists'
    const build = { place: this.#places++, status: 'unset', parentId: '', source: '', image: '' }
    version.builds.set(component, build)
    this.#change(version, component, build, words)
    return undefined
  }

  updateBuild(at: string, component: string, words: BuildWords): string | undefined {
    const version = this.versions.get(at)
    if (!version) return 'version.absent'
    const build = version.builds.get(component)
    if (!build) return 'build.absent'
    const other = words.parentId !== '' && words.parentId !== build.parentId
    if (build.status === 'done') {
      const same =
        !other && (words.source === '' || words.source === build.source) && words.image === build.image
      if (words.status === 'running' || (words.status === 'done' && same)) return undefined
      return other && build.parentId !== '' ? 'build.parent-version-set' : 'build.done'
    }
    if (other && build.parentId !== '') return 'build.parent-version-set'
    this.#change(version, component, build, words)
    return undefined
  }

  #change(version: Version, component: string, build: Build, words: BuildWords): void {
    const before = { ...build }
    build.status = words.status === 'unset' ? build.status : words.status
    build.parentId ||= words.parentId
    build.source = words.source || build.source
    if (words.status === 'done') build.image = words.image
    if (build.parentId !== before.parentId) this.#declare(version, component, build.parentId)
    if (build.source !== before.source) this.#observeParent(version, component, build)
    if (words.status === 'done') this.#observeChildren(version, build.image)
    this.#finish(version)
  }

  deleteBuild(at: string, component: string): string | undefined {
    const version = this.versions.get(at)
    if (!version) return 'version.absent'
    if (!version.builds.delete(component)) return 'build.absent'
    this.#edges = this.#edges.filter((edge) => edge.child !== version || edge.component !== component)
    this.#finish(version)
    return undefined
  }

  deleteVersion(at: string, rollback: boolean): string | undefined {
    const version = this.versions.get(at)
    if (!version) return 'version.absent'
    const pointing = [...this.channels.values()].filter((channel) => channel.version === version)
    if (!rollback && pointing.some((channel) => !channel.managed)) return 'version.assigned'
    for (const channel of pointing) this.#rollBack(channel)
    for (const channel of this.channels.values())
      channel.history = channel.history.filter((entry) => entry !== version)
    this.#edges = this.#edges.filter((edge) => edge.child !== version && edge.parent !== version)
    version.alive = false
    this.versions.delete(at)
    return undefined
  }

  createChannel(bucket: string, name: string, fingerprint: string): string | undefined {
    const key = `${bucket} ${name}`
    if (this.channels.has(key)) return 'channel.exists'
    const channel: Channel = { managed: false, version: null, history: [] }
    const refused = fingerprint === '' ? undefined : this.#assign(channel, `${bucket} ${fingerprint}`)
    if (!refused) this.channels.set(key, channel)
    return refused
  }

  assign(bucket: string, name: string, fingerprint: string): string | undefined {
    const channel = this.channels.get(`${bucket} ${name}`)
    if (!channel) return 'channel.absent'
    if (channel.managed) return 'channel.managed-assigned'
    if (fingerprint !== '') return this.#assign(channel, `${bucket} ${fingerprint}`)
    this.#point(channel, null)
    return undefined
  }

  revoke(at: string, how: { delay: number; skip: boolean; stay: boolean }): string | undefined {
    const version = this.versions.get(at)
    if (!version) return 'version.unknown'
    if (this.isRevoked(version)) return 'version.revoked-already'
    this.#lift(version)
    const row = { origin: version, at: this.now + how.delay, spreads: !how.skip }
    version.revocations.set(version, row)
    const heirs = this.#heirs(version)
    if (!how.skip)
      for (const heir of heirs) if (heir !== version) heir.revocations.set(version, { ...row, spreads: true })
    if (!how.stay) this.#rollBackAll(heirs, version)
    return undefined
  }

  restore(at: string): string | undefined {
    const version = this.versions.get(at)
    if (!version) return 'version.unknown'
    const origins = [...version.revocations.keys()]
    if (origins.length === 0) return 'version.valid'
    if (!origins.some((origin) => origin === version || !origin.alive)) return 'version.inherited'
    this.#lift(version)
    for (const origin of origins) if (!origin.alive) version.revocations.delete(origin)
    return undefined
  }

  isRevoked(version: Version): boolean {
    return [...version.revocations.values()].some((row) => row.at <= this.now)
  }

  status(version: Version): string {
    if (version.revocations.size > 0) return this.isRevoked(version) ? 'revoked' : 'revocation-scheduled'
    if (version.number > 0) return 'active'
    const states = [...version.builds.values()].map((build) => build.status)
    return ['running', 'failed', 'cancelled'].find((status) => states.includes(status)) ?? 'incomplete'
  }

  #declare(child: Version, component: string, parentId: string): void {
    const parent = [...this.versions.values()].find((version) => version.id === parentId)
    if (parent && parent !== child) this.#link({ child, component, parent })
  }

  #observeParent(child: Version, component: string, build: Build): void {
    if (this.#hasParent(child, component)) return
    const makers = [...this.versions.values()].filter(
      (version) => version !== child && has(version, build.source),
    )
    const parent = makers.at(-1)
    if (parent) this.#link({ child, component, parent })
  }

  #observeChildren(parent: Version, image: string): void {
    const builds = [...this.versions.values()].flatMap((child) =>
      [...child.builds].map(([component, build]) => ({ child, component, build })),
    )
    const users = builds.filter(
      ({ child, component, build }) =>
        child !== parent && build.source === image && !this.#hasParent(child, component),
    )
    for (const { child, component } of users.sort((a, b) => a.build.place - b.build.place))
      this.#link({ child, component, parent })
  }

  #hasParent(child: Version, component: string): boolean {
    return this.#edges.some((edge) => edge.child === child && edge.component === component)
  }

  #link(edge: Edge): void {
    this.#edges.push(edge)
    const { child, parent } = edge
    for (const row of parent.revocations.values()) {
      if (!row.spreads) continue
      const heirs = this.#heirs(child)
      const fresh = [...heirs].filter((heir) => heir !== row.origin && !heir.revocations.has(row.origin))
      for (const heir of fresh) heir.revocations.set(row.origin, { ...row, spreads: true })
      if (fresh.length > 0) this.#rollBackAll(heirs, row.origin)
    }
  }

  #finish(version: Version): void {
    const builds = [...version.builds.values()]
    if (version.number > 0 || builds.length === 0 || builds.some((build) => build.status !== 'done')) return
    const numbers = [...this.versions.values()]
      .filter(({ bucket }) => bucket === version.bucket)
      .map(({ number }) => number)
    version.number = Math.max(...numbers) + 1
    if (!this.isRevoked(version)) this.#point(this.channels.get(`${version.bucket} latest`)!, version)
  }

  #assign(channel: Channel, key: string): string | undefined {
    const version = this.versions.get(key)
    if (!version) return 'channel.version-absent'
    if (this.isRevoked(version)) return 'channel.version-revoked'
    if (version.number === 0) return 'channel.version-incomplete'
    this.#point(channel, version)
    return undefined
  }

  #point(channel: Channel, version: Version | null): void {
    if (channel.version === version) return
    channel.version = version
    channel.history.unshift(version)
  }

  #rollBack(channel: Channel): void {
    const usable = (entry: Version | null) =>
      entry !== null && entry !== channel.version && entry.number > 0 && !this.isRevoked(entry)
    this.#point(channel, channel.history.find(usable) ?? null)
  }

  #rollBackAll(heirs: ReadonlySet<Version>, origin: Version): void {
    for (const channel of this.channels.values()) {
      const row = channel.version && heirs.has(channel.version) && channel.version.revocations.get(origin)
      if (row && row.at <= this.now) this.#rollBack(channel)
    }
  }

  #lift(origin: Version): void {
    for (const version of this.versions.values()) version.revocations.delete(origin)
  }

  /** The version and all that were built from it. */
  #heirs(version: Version): Set<Version> {
    const heirs = new Set([version])
    for (const heir of heirs) for (const edge of this.#edges) if (edge.parent === heir) heirs.add(edge.child)
    return heirs
  }
}

function has(version: Version, image: string): boolean {
  return [...version.builds.values()].some((build) => build.image === image)
}
