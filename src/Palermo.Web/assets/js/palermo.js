// Small conveniences. Every page works without this file.
import "./search.js";
import "./theme.js";
import "./filter.js";
import "./submit.js";
import "./upload.js";
import "./package.js";
import "./print.js";
import "./tip.js";
import "./keep.js";
import "./check.js";
import "./passkey.js";
