import { Desk, type DeskParts } from '../operations/desk.ts'
import { Addresses } from './addresses.ts'
import { Advisories } from './advisories.ts'
import { Ancestry } from './ancestry.ts'
import { Artifacts } from './artifacts.ts'
import { AuditTrail } from './audit.ts'
import { Buckets } from './buckets.ts'
import { Builds } from './builds.ts'
import { Channels } from './channels.ts'
import { Consumers } from './consumers.ts'
import { EnforcedBlocks } from './enforced-blocks.ts'
import { Policies } from './policies.ts'
import { Principals } from './principals.ts'
import { Registries } from './registries.ts'
import { Sboms } from './sboms.ts'
import { Tenants } from './tenants.ts'
import { Versions } from './versions.ts'

/**
 * The use cases that the planes call, a noun each. Every method checks, changes and writes its audit row in one transaction, and
 * answers after the commit. What a caller may not have or do is thrown as a `Refusal`, after the audit row of the refusal is
 * written; what the database cannot do is thrown as a `StoreError`.
 */
export class Registry {
  readonly addresses: Addresses
  readonly advisories: Advisories
  readonly ancestry: Ancestry
  readonly artifacts: Artifacts
  readonly audit: AuditTrail
  readonly buckets: Buckets
  readonly builds: Builds
  readonly channels: Channels
  readonly consumers: Consumers
  readonly enforcedBlocks: EnforcedBlocks
  readonly policies: Policies
  readonly principals: Principals
  readonly registries: Registries
  readonly sboms: Sboms
  readonly tenants: Tenants
  readonly versions: Versions

  constructor(parts: DeskParts) {
    const desk = new Desk(parts)
    this.addresses = new Addresses(desk)
    this.advisories = new Advisories(desk)
    this.ancestry = new Ancestry(desk)
    this.artifacts = new Artifacts(desk)
    this.audit = new AuditTrail(desk)
    this.buckets = new Buckets(desk)
    this.builds = new Builds(desk)
    this.channels = new Channels(desk)
    this.consumers = new Consumers(desk)
    this.enforcedBlocks = new EnforcedBlocks(desk)
    this.policies = new Policies(desk)
    this.principals = new Principals(desk)
    this.registries = new Registries(desk)
    this.sboms = new Sboms(desk)
    this.tenants = new Tenants(desk)
    this.versions = new Versions(desk)
  }
}
