// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/features.h"

#include "app/status_http.h"
#include "duty/duty_http.h"
#include "solution/solution_list_http.h"
#include "web/api.h"
#include "web/login_http.h"

const struct route *const feature_routes[] = {
    api_routes,
    duty_routes,
    login_routes,
    solution_list_routes,
    solution_routes,
    status_routes,
    NULL,
};

const struct job_kind feature_jobs[] = {
    {0},
};
