// A PJRT plugin with two devices on which nothing can be computed. The environment variable FAKE_PLUGIN makes it
// misbehave: "noise" prints, "abort" ends the process, "hang" never answers, "error" finds no device, "none" has none.
// The tests build it with: cc -shared -fPIC -I DIRECTORY_OF_pjrt_c_api.h -o pjrt_c_api_fake_plugin.so plugin.c
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "pjrt_c_api.h"

struct PJRT_Error { const char* message; };
struct PJRT_Client { int unused; };
struct PJRT_DeviceDescription { const char* text; };
struct PJRT_Device { int id; PJRT_DeviceDescription description; };

static PJRT_Error refused = {"no such hardware"};
static PJRT_Client the_client;
static PJRT_Device devices[2] = {{0, {"fake device 0"}}, {1, {"fake device 1"}}};
static PJRT_Device* device_list[2] = {&devices[0], &devices[1]};

static int told(const char* what) {
  const char* mode = getenv("FAKE_PLUGIN");
  return mode != NULL && strcmp(mode, what) == 0;
}

static void error_destroy(PJRT_Error_Destroy_Args* a) { (void)a; }
static void error_message(PJRT_Error_Message_Args* a) {
  a->message = a->error->message;
  a->message_size = strlen(a->error->message);
}
static PJRT_Error* error_code(PJRT_Error_GetCode_Args* a) { a->code = PJRT_Error_Code_NOT_FOUND; return NULL; }
static PJRT_Error* initialize(PJRT_Plugin_Initialize_Args* a) { (void)a; return NULL; }
static PJRT_Error* attributes(PJRT_Plugin_Attributes_Args* a) { a->attributes = NULL; a->num_attributes = 0; return NULL; }

static PJRT_Error* client_create(PJRT_Client_Create_Args* a) {
  if (told("noise")) {
    printf("a library's line on standard output\n");
    fflush(stdout);
    fprintf(stderr, "a library's line on standard error\n");
  }
  if (told("abort")) {
    fprintf(stderr, "check failed: no driver\n");
    abort();
  }
  if (told("hang")) for (;;) pause();
  if (told("error")) return &refused;
  a->client = &the_client;
  return NULL;
}
static PJRT_Error* client_destroy(PJRT_Client_Destroy_Args* a) { (void)a; return NULL; }
static PJRT_Error* platform_name(PJRT_Client_PlatformName_Args* a) {
  a->platform_name = "fake";
  a->platform_name_size = 4;
  return NULL;
}
static PJRT_Error* platform_version(PJRT_Client_PlatformVersion_Args* a) {
  a->platform_version = "fake 7";
  a->platform_version_size = 6;
  return NULL;
}
static PJRT_Error* process_index(PJRT_Client_ProcessIndex_Args* a) { a->process_index = 0; return NULL; }
static PJRT_Error* addressable(PJRT_Client_AddressableDevices_Args* a) {
  a->addressable_devices = device_list;
  a->num_addressable_devices = told("none") ? 0 : 2;
  return NULL;
}
static PJRT_Error* hardware_id(PJRT_Device_LocalHardwareId_Args* a) { a->local_hardware_id = a->device->id; return NULL; }
static PJRT_Error* description(PJRT_Device_GetDescription_Args* a) {
  a->device_description = &a->device->description;
  return NULL;
}
static PJRT_Error* description_process(PJRT_DeviceDescription_ProcessIndex_Args* a) { a->process_index = 0; return NULL; }
static PJRT_Error* description_text(PJRT_DeviceDescription_DebugString_Args* a) {
  a->debug_string = a->device_description->text;
  a->debug_string_size = strlen(a->device_description->text);
  return NULL;
}

const PJRT_Api* GetPjrtApi(void) {
  static PJRT_Api api;
  if (told("empty")) return NULL;
  api.struct_size = PJRT_Api_STRUCT_SIZE;
  api.pjrt_api_version.struct_size = PJRT_Api_Version_STRUCT_SIZE;
  api.pjrt_api_version.major_version = 3;
  api.pjrt_api_version.minor_version = 14;
  api.PJRT_Error_Destroy = error_destroy;
  api.PJRT_Error_Message = error_message;
  api.PJRT_Error_GetCode = error_code;
  api.PJRT_Plugin_Initialize = initialize;
  api.PJRT_Plugin_Attributes = attributes;
  api.PJRT_Client_Create = client_create;
  api.PJRT_Client_Destroy = client_destroy;
  api.PJRT_Client_PlatformName = platform_name;
  api.PJRT_Client_PlatformVersion = platform_version;
  api.PJRT_Client_ProcessIndex = process_index;
  api.PJRT_Client_AddressableDevices = addressable;
  api.PJRT_Device_LocalHardwareId = hardware_id;
  api.PJRT_Device_GetDescription = description;
  api.PJRT_DeviceDescription_ProcessIndex = description_process;
  api.PJRT_DeviceDescription_DebugString = description_text;
  return &api;
}
