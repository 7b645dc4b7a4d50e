// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded by every page; everything works without it.
import "./sheet.js";
