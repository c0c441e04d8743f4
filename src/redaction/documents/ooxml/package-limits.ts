/** How much of a package is read; sizes in bytes after inflation. */
export interface PackageLimits {
  readonly entries: number;
  readonly part: number;
  readonly total: number;
}

const MIB = 1024 * 1024;

export const PACKAGE_LIMITS: PackageLimits = { entries: 10_000, part: 128 * MIB, total: 256 * MIB };
