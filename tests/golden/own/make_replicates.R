# Rscript make_replicates.R   (in this folder; needs R >= 4.2 with the package survey >= 4.1)
# Writes replicates.csv (estimates of R's survey with replicate weights) and replicate_weights.csv
# (answers.csv with twenty columns of replicate weights, rw_01 to rw_20).
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", survey.replicates.mse = TRUE, digits = 17)
d <- read.csv("answers.csv", na.strings = "", colClasses = c(service = "character", stratum = "character"))
d$fav <- as.numeric(d$ease >= 4)
exact <- function(x) sprintf("%.17g", x)
designs <- list(
  psus = svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE),
  psus_of_few = svydesign(ids = ~psu, strata = ~stratum, fpc = ~districts, weights = ~weight, data = d, nest = TRUE))
set.seed(20260401)
B <- as.svrepdesign(designs$psus, type = "subbootstrap", replicates = 20)
W <- as.matrix(weights(B, type = "analysis"))
colnames(W) <- sprintf("rw_%02d", 1:20)
rscales <- seq(0.05, 1, length.out = 20)
given <- function(...) svrepdesign(data = d, repweights = W, weights = ~weight, combined.weights = TRUE, ...)
replicated <- list(
  jkn_psus = as.svrepdesign(designs$psus, type = "JKn"),
  jkn_psus_of_few = as.svrepdesign(designs$psus_of_few, type = "JKn"),
  given_bootstrap = given(type = "bootstrap", scale = 1 / 20, rscales = rep(1, 20)),
  given_brr = given(type = "BRR"),
  given_fay = given(type = "Fay", rho = 0.3),
  given_jkn = given(type = "JKn", rscales = rscales, scale = 1))
out <- list()
domains <- c("", "sex=F", "sex=M", "service=1", "service=2", "service=3")
for (k in names(replicated)) for (dom in if (startsWith(k, "jkn")) domains else if (k == "given_jkn") domains[1:3] else "") {
  part <- strsplit(dom, "=")[[1]]
  keep <- !is.na(d$ease) & (if (length(part) == 2) d[[part[1]]] == part[2] else TRUE)
  S <- replicated[[k]]; S <- S[keep, ]
  found <- list(proportion = svymean(~fav, S), mean = svymean(~ease, S), total = svytotal(~ease, S))
  if (startsWith(k, "given")) found <- found[c("mean", "total")]
  for (s in names(found)) out[[length(out) + 1]] <- data.frame(
    replicates = k, statistic = s, domain = dom, n = sum(keep),
    value = exact(coef(found[[s]])), se = exact(SE(found[[s]])))
}
write.csv(do.call(rbind, out), "replicates.csv", row.names = FALSE, quote = FALSE)
full <- cbind(read.csv("answers.csv", colClasses = "character", na.strings = character()), apply(W, 2, exact))
write.csv(full, "replicate_weights.csv", row.names = FALSE, quote = FALSE)
