import type { Session } from '../statement.ts'
import { AdvisoryRows } from './advisory-rows.ts'
import { AncestryRows } from './ancestry-rows.ts'
import { AuditRows } from './audit-rows.ts'
import { BindingRows } from './binding-rows.ts'
import { BucketRows } from './bucket-rows.ts'
import { BuildRows } from './build-rows.ts'
import { ChannelRows } from './channel-rows.ts'
import { ConsumerRows } from './consumer-rows.ts'
import { EnforcedBlockRows } from './enforced-block-rows.ts'
import { EnforcementRows } from './enforcement-rows.ts'
import { FindingRows } from './finding-rows.ts'
import { GraphRows } from './graph-rows.ts'
import { ImageRows } from './image-rows.ts'
import { PackageRows } from './package-rows.ts'
import { PlanRows } from './plan-rows.ts'
import { PrincipalRows } from './principal-rows.ts'
import { RevocationRows } from './revocation-rows.ts'
import { SbomRows } from './sbom-rows.ts'
import { StaleRows } from './stale-rows.ts'
import { TenantRows } from './tenant-rows.ts'
import { VersionRows } from './version-rows.ts'

/** All that is stored, as one transaction sees it. */
export class Rows {
  readonly tenants: TenantRows
  readonly principals: PrincipalRows
  readonly bindings: BindingRows
  readonly buckets: BucketRows
  readonly versions: VersionRows
  readonly revocations: RevocationRows
  readonly builds: BuildRows
  readonly channels: ChannelRows
  readonly consumers: ConsumerRows
  readonly stale: StaleRows
  readonly ancestry: AncestryRows
  readonly graph: GraphRows
  readonly images: ImageRows
  readonly packages: PackageRows
  readonly plans: PlanRows
  readonly sboms: SbomRows
  readonly enforcedBlocks: EnforcedBlockRows
  readonly enforcements: EnforcementRows
  readonly advisories: AdvisoryRows
  readonly findings: FindingRows
  readonly audit: AuditRows

  constructor(session: Session) {
    this.tenants = new TenantRows(session)
    this.principals = new PrincipalRows(session)
    this.bindings = new BindingRows(session)
    this.buckets = new BucketRows(session)
    this.versions = new VersionRows(session)
    this.revocations = new RevocationRows(session)
    this.builds = new BuildRows(session)
    this.channels = new ChannelRows(session)
    this.consumers = new ConsumerRows(session)
    this.stale = new StaleRows(session)
    this.ancestry = new AncestryRows(session)
    this.images = new ImageRows(session)
    this.graph = new GraphRows(session)
    this.packages = new PackageRows(session)
    this.sboms = new SbomRows(session)
    this.plans = new PlanRows(session)
    this.enforcedBlocks = new EnforcedBlockRows(session)
    this.enforcements = new EnforcementRows(session)
    this.advisories = new AdvisoryRows(session)
    this.findings = new FindingRows(session)
    this.audit = new AuditRows(session)
  }
}
