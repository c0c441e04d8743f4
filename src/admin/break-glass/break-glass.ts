/** How long somebody may look, in minutes. */
export const DEFAULT_MINUTES = 60;
export const MAX_MINUTES = 480;

/** Where, why and for how long an administrator of the instance wants to look. */
export interface GlassRequest {
  readonly organizationId: string;
  /** Null for all of the organization. */
  readonly projectId: string | null;
  readonly reason: string;
  readonly minutes: number;
}

/** Access to content by a person whom neither membership nor share lets in: reading, for a time, with a reason its owner sees. */
export interface Glass {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly reason: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly active: boolean;
}

/** Who may see which: what is one's own, and what concerns organizations that one administers. */
export interface GlassViewer {
  readonly userId: string;
  readonly administered: readonly string[];
}

export interface GlassFilter {
  readonly organizationId?: string | undefined;
  readonly active?: boolean | undefined;
}
