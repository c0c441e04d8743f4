/** Attributes that are left out: names of people, times, identifiers, descriptions, and copies of drawings. */
const DROPPED =
  /^(?:w:rsid\w*|w:(?:author|date|initials|anchor|docLocation|tooltip|tgtFrame|history|fName|dirty|fldLock)|w14:(?:paraId|textId)|wp14:(?:anchorId|editId)|descr|title|alt|href|o:(?:title|href|gfxdata|ole|oleid|suggestedsigner\w*|button|dgm\w*|preferrelative)|(?:xml:)?base|mc:(?:PreserveElements|PreserveAttributes|MustUnderstand|ProcessContent))$/;

export const isDroppedAttribute = (name: string): boolean => DROPPED.test(name);

/** Names that a reader does not show but a schema asks for, by the element they are on. */
export function plainName(element: string): string {
  return /^a:(?:theme|clrScheme|fontScheme|fmtScheme)$/.test(element) ? 'Office' : '';
}

/** Of attributes that are called `name`, those that somebody may have typed. */
export const isGivenName = (element: string): boolean =>
  /:(?:docPr|cNvPr|theme|clrScheme|fontScheme|fmtScheme)$/.test(element);

/** Attributes that hold measures and outlines, in which words mean nothing. */
const GEOMETRY = /^(?:path|adj|coordsize|coordorigin|points|from|to|o:connectlocs|textboxrect|limo|eqn|w)$/;

export const isGeometry = (name: string): boolean => GEOMETRY.test(name);

/** Attributes that are text on the page: labels of lists and the letters of WordArt. */
export const isShownText = (element: string, attribute: string): boolean =>
  (element === 'w:lvlText' && attribute === 'w:val') || (element === 'v:textpath' && attribute === 'string');

/** Names of styles, lists and shapes, and what refers to them. */
export const isStyleName = (element: string, attribute: string): boolean =>
  attribute === 'w:styleId' ||
  (element.startsWith('v:') && /^(?:id|type|o:spid)$/.test(attribute)) ||
  (attribute === 'w:val' &&
    /^w:(?:name|aliases|pStyle|rStyle|tblStyle|basedOn|next|link|numStyleLink|styleLink)$/.test(element));
