# A value as JSON. Numbers keep 13 significant digits; NA is null.
named <- function() structure(list(), names = character())
number <- function(x) ifelse(!is.finite(x), "null", ifelse(x == round(x) & abs(x) < 1e15, sprintf("%.0f", x), sprintf("%.13g", x)))
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x) && !is.null(names(x))) return(paste0("{", paste(if (length(x)) paste0(encodeString(names(x), quote = "\""), ": ", vapply(x, json, "")), collapse = ", "), "}"))
  if (is.list(x)) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
  v <- if (is.character(x)) encodeString(x, quote = "\"") else if (is.logical(x)) tolower(x) else number(as.numeric(x))
  if (length(x) == 1 && !inherits(x, "AsIs")) v else paste0("[", paste(v, collapse = ", "), "]")
}
