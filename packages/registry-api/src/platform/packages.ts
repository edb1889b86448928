import { operation } from '../operation.ts'
import { boolean, int32, list, object, type Static, string, words } from '../schema.ts'
import { project } from './project-path.ts'

/** A build whose bills of materials name a package. */
export const PackagePlace = object({
  name: string,
  version: string,
  purl: string,
  bucket_name: string,
  version_name: string,
  version_fingerprint: string,
  revoked: boolean,
  build_id: string,
  component_type: string,
  channels: list(string),
})
export type PackagePlace = Static<typeof PackagePlace>

/**
 * Where a package is, in all buckets. `range` compares versions as the package's ecosystem does: `>=3.0.0 <3.0.8`, sets of comparisons
 * joined by `||`; every version when it is absent. `whole` is false when there were too many.
 */
export const searchPackages = operation({
  id: 'Ingot_SearchPackages',
  plane: 'platform',
  method: 'GET',
  path: `${project}/packages`,
  query: object({}, { name: string, range: string }),
  reply: object({ packages: list(PackagePlace), whole: boolean }),
  seenFrom: ['ingot'],
})

/** A package of which a version has other versions than another. `purl` is without version. */
const Change = object({ name: string, purl: string, before: list(string), after: list(string) })

const Named = object({ name: string, fingerprint: string })

/**
 * What came, went and changed between two versions (`v3`, or a fingerprint), by their bills of materials, component by component. A
 * component that only one of them describes is marked so. The counts count all where a list is cut.
 */
export const comparePackages = operation({
  id: 'Ingot_ComparePackages',
  plane: 'platform',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/package-changes`,
  query: object({}, { from: string, to: string }),
  reply: object({
    from: Named,
    to: Named,
    components: list(
      object({
        component_type: string,
        described: words('BOTH', 'BEFORE', 'AFTER'),
        added: list(Change),
        removed: list(Change),
        changed: list(Change),
        added_count: int32,
        removed_count: int32,
        changed_count: int32,
      }),
    ),
  }),
  seenFrom: ['ingot'],
})
