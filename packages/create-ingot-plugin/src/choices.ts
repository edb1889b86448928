/** The kinds of component that a plugin can begin with. */
export const components = ['builder', 'provisioner', 'post-processor', 'data-source'] as const
/** One of {@link components}. */
export type Component = (typeof components)[number]

/** The licences that a plugin can begin with; `none` writes no file. */
export const licenses = ['apache-2.0', 'mit', 'none'] as const
/** One of {@link licenses}. */
export type License = (typeof licenses)[number]
