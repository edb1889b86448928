import { type Reply, resourceManager } from '@ingot/registry-api'
import { abortable } from './abortable.ts'
import { addressOf, type QueryValues } from './address.ts'
import type { AnyOperation, CallInput, Tenancy } from './call.ts'
import { ClientError } from './client-error.ts'
import { systemClock } from './clock.ts'
import { neverArrived } from './connection-error.ts'
import { fit, Misfit } from './fit.ts'
import { type AdvisoryCalls, advisories } from './nouns/advisories.ts'
import { type AncestryCalls, ancestry } from './nouns/ancestry.ts'
import { type ArtifactCalls, artifacts } from './nouns/artifacts.ts'
import { type BucketCalls, buckets } from './nouns/buckets.ts'
import { type BuildCalls, builds } from './nouns/builds.ts'
import { type ChannelCalls, channels } from './nouns/channels.ts'
import { type ConsumerCalls, consumers } from './nouns/consumers.ts'
import { type EnforcedBlockCalls, enforcedBlocks } from './nouns/enforced-blocks.ts'
import { type PackageCalls, packages } from './nouns/packages.ts'
import { type PolicyCalls, policies } from './nouns/policies.ts'
import { type PrincipalCalls, principals } from './nouns/principals.ts'
import { type ProjectCalls, projects } from './nouns/projects.ts'
import { type SbomCalls, sboms } from './nouns/sboms.ts'
import { type VersionCalls, versions } from './nouns/versions.ts'
import { refusedWith } from './refusal.ts'
import { type RetryRules, repeated } from './retry.ts'
import type { ClientSettings } from './settings.ts'
import { findTenancy } from './tenancy.ts'
import { Tokens } from './tokens.ts'
import { type Incoming, type Outgoing, openTransport, type Transport } from './transport.ts'
import { version } from './version.ts'

/** How long one try may take unless told, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 30_000
/** How often a call is tried again unless told. */
export const DEFAULT_RETRIES = 4

/**
 * A registry, seen from a program. It opens connections when they are needed; {@link Client.close} ends them.
 *
 * @example
 * await using client = new Client(fromEnvironment(process.env))
 * const channel = await client.channels.get('base-ubuntu', 'production')
 */
export class Client implements AsyncDisposable {
  readonly advisories: AdvisoryCalls
  readonly ancestry: AncestryCalls
  readonly artifacts: ArtifactCalls
  readonly buckets: BucketCalls
  readonly versions: VersionCalls
  readonly builds: BuildCalls
  readonly channels: ChannelCalls
  readonly consumers: ConsumerCalls
  readonly enforcedBlocks: EnforcedBlockCalls
  readonly policies: PolicyCalls
  readonly principals: PrincipalCalls
  readonly projects: ProjectCalls
  readonly packages: PackageCalls
  readonly sboms: SbomCalls
  readonly #settings: ClientSettings
  readonly #rules: RetryRules
  readonly #api: Transport
  readonly #auth: Transport
  readonly #tokens: Tokens
  #tenancy: Promise<Tenancy> | undefined

  /** @throws ClientError `misconfigured` for an address or authorities that cannot be used */
  constructor(settings: ClientSettings) {
    this.#settings = settings
    this.#rules = {
      retries: settings.retries ?? DEFAULT_RETRIES,
      clock: settings.clock ?? systemClock,
      random: settings.random ?? Math.random,
    }
    const authUrl = origin(settings.authUrl ?? settings.url, ['https:'])
    origin(settings.url, ['https:', 'http:'])
    this.#api = this.#open(settings.insecure?.api)
    this.#auth = this.#open(settings.insecure?.auth)
    const { clientId, clientSecret } = settings
    this.#tokens = new Tokens({ transport: this.#auth, authUrl, clientId, clientSecret, rules: this.#rules })
    const call = this.call.bind(this)
    this.advisories = advisories(call)
    this.ancestry = ancestry(call)
    this.artifacts = artifacts(call)
    this.buckets = buckets(call)
    this.versions = versions(call)
    this.builds = builds(call)
    this.channels = channels(call)
    this.consumers = consumers(call)
    this.enforcedBlocks = enforcedBlocks(call)
    this.policies = policies(call)
    this.principals = principals(call)
    this.projects = projects(call)
    this.packages = packages(call)
    this.sboms = sboms(call, async (operation, input) => (await this.#answer(operation, input)).body)
  }

  /**
   * Makes one call: with a token, tried again where that is safe, its answer checked against the operation's schema.
   *
   * @throws ClientError
   */
  async call<O extends AnyOperation>(operation: O, input: CallInput<O>): Promise<Reply<O>> {
    return readAnswer(operation, await this.#answer(operation, input)) as Reply<O>
  }

  async #answer<O extends AnyOperation>(operation: O, input: CallInput<O>): Promise<Incoming> {
    const path = await this.#pathOf(operation, input)
    const repeatable = input.idempotent ?? !['POST', 'PATCH'].includes(operation.method)
    return await repeated(this.#rules, () => this.#exchange(operation, path, input), {
      mayRepeat: (error) =>
        repeatable ? error.transient : neverArrived(error) || error.refusal?.http === 429,
      signal: input.signal,
    })
  }

  /** The organization and project of every call; asked for once where the settings do not say it. */
  tenancy(): Promise<Tenancy> {
    this.#tenancy ??= this.#findTenancy().catch((error: unknown) => {
      this.#tenancy = undefined
      throw error
    })
    return this.#tenancy
  }

  /** Ends all connections; calls that are open fail. */
  async close(): Promise<void> {
    await Promise.all([this.#api.close(), this.#auth.close()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #open(insecure: boolean | undefined): Transport {
    const { ca, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#settings
    return openTransport({ ca, insecure: insecure === true, timeoutMs })
  }

  #findTenancy(): Promise<Tenancy> {
    const { organizationId, projectId } = this.#settings
    const known = { ...(organizationId ? { organizationId } : {}), ...(projectId ? { projectId } : {}) }
    return findTenancy(known, {
      organizations: async () => (await this.call(resourceManager.listOrganizations, {})).organizations,
      projects: async (organization) => {
        const query = { 'scope.type': 'ORGANIZATION', 'scope.id': organization }
        return (await this.call(resourceManager.listProjects, { query })).projects
      },
    })
  }

  async #pathOf(operation: AnyOperation, input: CallInput<AnyOperation>): Promise<string> {
    const params: Record<string, string> = { ...input.params }
    if (/:(organization|project)_id/.test(operation.path)) {
      const { organizationId, projectId } = await abortable(this.tenancy(), input.signal)
      Object.assign(params, { organization_id: organizationId, project_id: projectId })
    }
    return addressOf(operation.path, params, input.query as QueryValues | undefined)
  }

  async #exchange(operation: AnyOperation, path: string, input: CallInput<AnyOperation>): Promise<Incoming> {
    const first = await abortable(this.#tokens.get(), input.signal)
    const answer = await this.#api.send(this.#outgoing(operation, path, input, first))
    if (answer.status === 200) return answer
    if (answer.status !== 401) throw refusedWith(answer, this.#rules.clock.now())
    this.#tokens.drop(first)
    const second = await abortable(this.#tokens.get(), input.signal)
    const again = await this.#api.send(this.#outgoing(operation, path, input, second))
    if (again.status !== 200) throw refusedWith(again, this.#rules.clock.now())
    return again
  }

  #outgoing(operation: AnyOperation, path: string, input: CallInput<AnyOperation>, token: string): Outgoing {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'x-hcp-source-channel': this.#settings.sourceChannel ?? `ingot/${version}`,
    }
    const outgoing = {
      method: operation.method,
      url: new URL(path, this.#settings.url),
      signal: input.signal,
    }
    if (operation.body === undefined) return { ...outgoing, headers }
    const body = JSON.stringify(input.body ?? {})
    return { ...outgoing, headers: { ...headers, 'content-type': 'application/json' }, body }
  }
}

function readAnswer(operation: AnyOperation, answer: Incoming): unknown {
  try {
    return fit(operation.reply, JSON.parse(answer.body), 'the answer')
  } catch (error) {
    if (!(error instanceof Misfit || error instanceof SyntaxError)) throw error
    throw new ClientError(
      'bad-answer',
      `${operation.id} was answered with something else: ${error.message}.`,
      {
        remedy: 'Check that the address is that of a registry, and that it is not older than this program.',
        cause: error,
      },
    )
  }
}

function origin(url: string, schemes: readonly string[]): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed && schemes.includes(parsed.protocol)) return parsed.origin
  throw new ClientError('misconfigured', `"${url}" is no address of a registry.`, {
    remedy: `Give ${schemes.map((scheme) => `${scheme}//HOST:PORT`).join(' or ')}.`,
  })
}
