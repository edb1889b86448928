import {
  type Build,
  type CallOptions,
  type Client,
  GRPC,
  type Version,
  type VersionPlace,
} from '@ingot/client'
import { EngineError } from '../errors.ts'
import { isRefused } from './bucket.ts'

/** What kind of template a version is made from; a version keeps the kind that it was started with. */
export type TemplateType = 'HCL2' | 'JSON'

/** The version under the fingerprint, started if there is none. */
export async function findOrStartVersion(
  client: Client,
  at: VersionPlace,
  start: CallOptions & { readonly templateType: TemplateType },
): Promise<Version> {
  const { templateType, ...options } = start
  try {
    return await client.versions.get(at.bucket, at.fingerprint, options)
  } catch (error) {
    if (!isRefused(error, GRPC.aborted)) throw error
  }
  const body = { fingerprint: at.fingerprint, template_type: templateType }
  try {
    return await client.versions.create(at.bucket, body, { ...options, idempotent: true })
  } catch (error) {
    if (!isRefused(error, GRPC.alreadyExists)) throw error
    return client.versions.get(at.bucket, at.fingerprint, options)
  }
}

/** A complete version has a number; until then it is called `v0`. */
export function isComplete(version: Version): boolean {
  return version.name !== 'v0'
}

/**
 * Refuses a version that cannot be continued.
 *
 * @throws EngineError `version.complete`, `version.other-template`
 */
export function requireOpen(version: Version, templateType: TemplateType): void {
  const { name, bucket_name: bucket, fingerprint } = version
  if (isComplete(version)) {
    throw new EngineError(
      'version.complete',
      `The fingerprint ${fingerprint} is taken: it is ${name} of bucket ${bucket}, which is complete. ` +
        'Use another fingerprint, or none for a fresh one.',
    )
  }
  const started = version.template_type
  if (started === 'TEMPLATE_TYPE_UNSET' || started === templateType) return
  throw new EngineError(
    'version.other-template',
    `The version with the fingerprint ${fingerprint} was started from a ${started} template and cannot be continued ` +
      `from ${templateType}. Use another fingerprint.`,
  )
}

/** Which builds a version shall have, and the run that registers those that are missing. */
export interface Registration extends CallOptions {
  readonly components: readonly string[]
  readonly runUuid: string
}

/**
 * Registers every build before the first one runs: a version is complete as soon as all builds that it has are done.
 * Answers with the registry's builds by component.
 */
export async function registerBuilds(
  client: Client,
  at: VersionPlace,
  { components, runUuid, ...options }: Registration,
): Promise<ReadonlyMap<string, Build>> {
  const builds = await buildsByComponent(client, at, options)
  const missing = components.filter((component) => !builds.has(component))
  const created = await Promise.all(
    missing.map((component) => registerBuild(client, at, { ...options, component, runUuid })),
  )
  if (created.includes(undefined)) return buildsByComponent(client, at, options)
  return new Map([
    ...builds,
    ...created.flatMap((build) => (build ? [[build.component_type, build] as const] : [])),
  ])
}

async function buildsByComponent(
  client: Client,
  at: VersionPlace,
  options: CallOptions,
): Promise<Map<string, Build>> {
  const builds = new Map<string, Build>()
  for await (const build of client.builds.list(at, options)) builds.set(build.component_type, build)
  return builds
}

/** Undefined where another run registered it in the meantime. */
async function registerBuild(
  client: Client,
  at: VersionPlace,
  { component, runUuid, ...options }: CallOptions & { readonly component: string; readonly runUuid: string },
): Promise<Build | undefined> {
  const body = {
    artifacts: null,
    component_type: component,
    packer_run_uuid: runUuid,
    status: 'BUILD_UNSET',
  } as const
  try {
    return await client.builds.create(at, body, { ...options, idempotent: true })
  } catch (error) {
    if (!isRefused(error, GRPC.alreadyExists)) throw error
    return undefined
  }
}

/** A build that a run need not make again. */
export function isDone(build: Build): boolean {
  return build.status === 'BUILD_DONE' || build.artifacts.length > 0
}

/**
 * Refuses buckets whose builds must run provisioners that a registry keeps for them.
 *
 * @throws EngineError `version.enforced-blocks`
 */
export async function refuseEnforcedBlocks(
  client: Client,
  bucket: string,
  options: CallOptions,
): Promise<void> {
  const blocks = await enforcedBlocks(client, bucket, options)
  if (blocks.length === 0) return
  const names = blocks.map((block) => block.name).join(', ')
  throw new EngineError(
    'version.enforced-blocks',
    `Builds of bucket ${bucket} must run enforced provisioners (${names}), which this engine cannot run yet. ` +
      'Build this bucket with packer 1.15.2 or later, or unlink the blocks from it.',
  )
}

async function enforcedBlocks(client: Client, bucket: string, options: CallOptions) {
  try {
    return await client.buckets.enforcedBlocks(bucket, options)
  } catch (error) {
    if (isRefused(error, GRPC.notFound) || isRefused(error, GRPC.unimplemented)) return []
    throw error
  }
}
