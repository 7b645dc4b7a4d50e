// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/features.h"

#include "api/contact_api.h"
#include "api/engagement_api.h"
#include "api/escalation_api.h"
#include "api/message_api.h"
#include "api/problem_api.h"
#include "api/solution_api.h"
#include "api/solve_api.h"
#include "api/ticket_api.h"
#include "api/triage_api.h"
#include "app/status_http.h"
#include "call/call_http.h"
#include "circular/circular.h"
#include "clock/clock_http.h"
#include "clock/clock_watch.h"
#include "clock/rules_http.h"
#include "duty/duty.h"
#include "duty/duty_http.h"
#include "engagement/answer_http.h"
#include "engagement/consult_http.h"
#include "engagement/engagement.h"
#include "engagement/handover_http.h"
#include "engagement/need_http.h"
#include "engagement/return_http.h"
#include "engagement/swarm_http.h"
#include "escalation/escalation.h"
#include "escalation/escalation_http.h"
#include "forge/forge_hook_http.h"
#include "forge/forge_http.h"
#include "forge/forge_issue_http.h"
#include "inbox/day_http.h"
#include "inbox/inbox_http.h"
#include "intake/intake.h"
#include "intake/intake_http.h"
#include "letterhead/letterhead_http.h"
#include "lifecycle/lifecycle_http.h"
#include "mailbox/mailbox_http.h"
#include "major/major_http.h"
#include "measure/measure_http.h"
#include "message/blob_sweep.h"
#include "original/original_http.h"
#include "outbox/outbox.h"
#include "outbox/outbox_http.h"
#include "portal/portal_ask.h"
#include "portal/portal_case_http.h"
#include "portal/portal_file.h"
#include "portal/portal_http.h"
#include "portal/portal_report_http.h"
#include "problem/problem_answer_http.h"
#include "problem/problem_case_http.h"
#include "problem/problem_http.h"
#include "problem/problem_issue_http.h"
#include "promise/promise.h"
#include "referral/referral_http.h"
#include "ring/ring_http.h"
#include "routing/routing_http.h"
#include "screen/screen_http.h"
#include "search/index.h"
#include "search/search_http.h"
#include "solution/solution_list_http.h"
#include "solving/solve_http.h"
#include "staff/crew_http.h"
#include "staff/level_http.h"
#include "staff/presence_http.h"
#include "staff/product_http.h"
#include "staff/skill_http.h"
#include "staff/staff_http.h"
#include "staff/topic_http.h"
#include "ticket/name_key.h"
#include "triage/triage.h"
#include "vendor/vendor_answer_http.h"
#include "vendor/vendor_ask_http.h"
#include "vendor/vendor_http.h"
#include "web/api.h"
#include "web/login_http.h"
#include "wording/wording_http.h"
#include "workplace/act_http.h"
#include "workplace/classify_http.h"
#include "workplace/compose_http.h"
#include "workplace/file_http.h"
#include "workplace/key_http.h"
#include "workplace/merge_http.h"
#include "workplace/triage_http.h"
#include "workplace/wait_http.h"
#include "workplace/watch_http.h"
#include "workplace/who_asks_http.h"
#include "workplace/workplace_http.h"

const struct route *const feature_routes[] = {
    act_routes,
    answer_routes,
    api_routes,
    call_routes,
    classify_routes,
    clock_routes,
    compose_routes,
    consult_routes,
    contact_api_routes,
    crew_routes,
    day_routes,
    duty_routes,
    engagement_api_routes,
    escalation_api_routes,
    escalation_routes,
    file_routes,
    forge_hook_routes,
    forge_issue_routes,
    forge_routes,
    handover_routes,
    inbox_routes,
    intake_routes,
    key_routes,
    letterhead_routes,
    level_routes,
    lifecycle_routes,
    login_routes,
    mailbox_routes,
    major_routes,
    merge_routes,
    message_api_routes,
    need_routes,
    original_routes,
    outbox_routes,
    portal_case_routes,
    portal_report_routes,
    portal_routes,
    presence_routes,
    referral_routes,
    measure_routes,
    problem_answer_routes,
    problem_api_routes,
    problem_case_routes,
    problem_issue_routes,
    problem_routes,
    product_routes,
    return_routes,
    ring_routes,
    routing_routes,
    rules_routes,
    screen_routes,
    search_routes,
    skill_routes,
    solution_api_routes,
    solution_list_routes,
    solution_routes,
    solve_api_routes,
    solve_routes,
    staff_routes,
    status_routes,
    swarm_routes,
    ticket_api_routes,
    topic_routes,
    triage_api_routes,
    triage_routes,
    vendor_answer_routes,
    vendor_ask_routes,
    vendor_routes,
    wait_routes,
    watch_routes,
    who_asks_routes,
    wording_routes,
    workplace_routes,
    NULL,
};

const struct job_kind *const feature_jobs[] = {
    blob_sweep_jobs, circular_jobs, clock_jobs,      duty_jobs,        engagement_jobs,
    escalation_jobs, forge_jobs,    index_jobs,      intake_jobs,      major_jobs,
    name_key_jobs,   outbox_jobs,   portal_ask_jobs, portal_file_jobs, presence_jobs,
    promise_jobs,    routing_jobs,  ticket_jobs,     triage_jobs,      NULL,
};
