/** Bars of a full session of quarter hours, in which indicators that restart with the session give their lengths. */
export const SESSION_BARS = 26;
