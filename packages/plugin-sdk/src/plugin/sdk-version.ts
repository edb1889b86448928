/** This package's version, which plugins name in their description. */
export const SDK_VERSION = '0.1.0'
