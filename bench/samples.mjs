/** The request bodies of SafeKeyLab's own documentation. */
export const DETECT_SAMPLE = {
  data: 'Contact John Smith at john@example.com or 555-123-4567',
  confidence_threshold: 0.85,
  custom_patterns: [],
  include_positions: true,
};

export const PROCESS_SAMPLE = {
  data: 'Contact John Smith at john@example.com or 555-123-4567',
  method: 'auto',
  format: 'text',
  return_metrics: true,
};
