/**
 * How much of everything there may be. Clients check little of this themselves, so the limits are wide: a build that ran for
 * an hour must not fail at its last call because a label is long.
 */

/** Names of buckets and channels: letters, digits and hyphens. */
export const nameLength = { min: 3, max: 36 } as const
/**
 * Fingerprints of versions: letters, digits and `_`, `.`, `-`, the first and the last a letter or a digit. The published
 * description says at most 40, which the hosted service is not known to enforce.
 */
export const fingerprintLength = { min: 1, max: 128 } as const
export const descriptionLength = 255
export const labelsPerObject = 1024
export const labelKeyLength = 256
export const labelValueLength = 8192
export const componentTypeLength = 255
export const platformLength = 255
export const runUuidLength = 64
export const artifactsPerBuild = 1000
export const externalIdentifierLength = 2048
export const regionLength = 255
/** Identifiers of objects that clients send back to us. */
export const identifierLength = 64
export const revocationMessageLength = 2048
/** Bytes of a build's metadata as JSON. */
export const metadataSize = 262_144
export const metadataDepth = 64
/** Values in a list's order. */
export const sortColumns = 8

/** Rows of a page of buckets, versions, history or relations when the client names no size; builds come all at once. */
export const defaultPageSize = 50
/** A larger page size is taken for this one. */
export const largestPageSize = 200
/** Characters of a page token. */
export const pageTokenLength = 4096

/** A revocation this little ahead counts as one for now: clients' clocks differ. Milliseconds. */
export const clockSkew = 30_000
/** The furthest that a revocation may lie ahead: a hundred years. Milliseconds. */
export const longestRevocationDelay = 100 * 365 * 86_400_000

/** Steps of ancestry that a graph shows at most, each way. */
export const deepestGraph = 64
/** Versions that a graph shows at most, the nearest first. */
export const graphNodes = 20_000
/** Versions and channels that a revocation plan lists at most; it counts and takes in all of them. */
export const planRows = 1000
/** Images to choose from that a refusal lists at most. */
export const candidatesShown = 100
/** Rows that a look-up lists at most, of each kind. */
export const lookupRows = 1000
/** Consumers whose reads wait in memory to be written; those of further ones are not counted meanwhile. */
export const pendingReads = 10_000
/** Clients of one principal that are told apart for a version. */
export const clientsPerConsumer = 32

/** Names of enforced blocks, and labels of their versions, in characters. */
export const enforcedNameLength = 128
/** Characters of an enforced block's content. */
export const enforcedContentLength = 131_072
/** Enforced blocks of a project. */
export const enforcedBlocksPerProject = 1000
/** Versions of an enforced block. */
export const versionsPerEnforcedBlock = 1000
/** Buckets that are linked to a version of an enforced block in one call. */
export const bucketsPerLinking = 5000

/** Names of bills of materials: letters, digits and hyphens. */
export const sbomNameLength = { min: 3, max: 36 } as const
/** Bytes of a bill of materials as it is sent, compressed. */
export const sbomSize = 32 * 1024 * 1024
/** Bytes of a bill of materials when it is unpacked. */
export const sbomUnpackedSize = 128 * 1024 * 1024
/** Packages that a bill of materials names. */
export const sbomPackages = 200_000
/** Characters of a package's name, version or package URL; longer ones are cut. */
export const packageTextLength = 1024
/** Bills of materials of a build. */
export const sbomsPerBuild = 100
/** How long the address of a download is good for. Milliseconds. */
export const downloadLifetime = 15 * 60_000

/** Characters of an advisory's id. */
export const advisoryIdLength = 128
/** Characters of an advisory's texts, names and versions; longer ones are cut. */
export const advisoryTextLength = 8192
/** Packages that one advisory speaks of. */
export const affectedPerAdvisory = 10_000
/** Versions, and events of a range, that an advisory names of one package; further ones are left out. */
export const versionsPerAffected = 10_000
/** Advisories that are sent at once. */
export const advisoriesAtOnce = 500
/** Packages that a comparison of two versions lists at most of each kind in a component. */
export const comparedPackages = 10_000
/** Versions of a package that a search looks at. */
export const searchedVersions = 100_000

/** Names of projects, in characters. */
export const projectNameLength = 40
/** Names of service principals: letters, digits, hyphens and underscores. */
export const principalNameLength = { min: 3, max: 36 } as const
/** Live keys of a principal: one in use, and the next one. */
export const keysPerPrincipal = 2
/** Members of all roles of a policy together. */
export const policyMembers = 1000
