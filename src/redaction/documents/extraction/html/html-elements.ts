const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Elements that begin and end a line. */
const BLOCKS =
  words(`address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
  footer form frameset header hgroup hr html legend li main menu ol optgroup option p search section summary ul
  table caption colgroup col thead tbody tfoot tr td th`);

/** Elements of which nothing is text: programs, looks, pictures, fields to be filled, and ways to other pages. */
const SKIPPED =
  words(`script style template noscript iframe noframes object embed applet audio video canvas svg map
  select datalist textarea nav search`);

/** The same by what an element is said to be. */
const SKIPPED_ROLES = words('navigation menu menubar search toolbar tablist banner contentinfo');

/** Within these a header or footer belongs to the text; outside it is the site's. */
const SECTIONS = words('article main section blockquote');

const HIDING_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b/i;
const SCREEN_READERS_SKIP = 'true';

export type Attributes = Readonly<Record<string, string>>;

export const isBlock = (name: string): boolean => BLOCKS.has(name);
export const isSection = (name: string): boolean => SECTIONS.has(name);

/** 1 to 6; undefined for what is no heading. */
export function headingLevel(name: string): number | undefined {
  return /^h[1-6]$/.test(name) ? Number(name[1]) : undefined;
}

/** Where an element stands. */
export interface Surroundings {
  /** In a section of the text itself, not of the site around it. */
  readonly isInSection: boolean;
  /** Questions that unfold their answer are buttons within headings. */
  readonly isInHeading: boolean;
}

/** Whether an element is left out with its content. */
export function isLeftOut(
  name: string,
  attributes: Attributes,
  { isInSection, isInHeading }: Surroundings,
): boolean {
  if (name === 'button' && !isInHeading) return true;
  if (SKIPPED.has(name) || (name === 'dialog' && attributes.open === undefined)) return true;
  if (name === 'footer' && !isInSection) return true;
  const role = attributes.role?.trim().toLowerCase();
  if (role !== undefined && SKIPPED_ROLES.has(role)) return true;
  return (
    attributes.hidden !== undefined ||
    attributes['aria-hidden'] === SCREEN_READERS_SKIP ||
    (attributes.style !== undefined && HIDING_STYLE.test(attributes.style))
  );
}
